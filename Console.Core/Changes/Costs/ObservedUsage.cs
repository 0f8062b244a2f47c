namespace OpsConsole.Core.Changes.Costs;

/// <summary>How busy a service was in a window, from which a month is worked out.</summary>
/// <param name="Window">How long was looked at.</param>
/// <param name="BusySeconds">Instance seconds with at least one request.</param>
/// <param name="InstanceSeconds">Instance seconds altogether, as far as the logs show them.</param>
/// <param name="Requests">Requests.</param>
/// <param name="Source">Where this comes from, for people: <c>logs of the last 24 hours</c>.</param>
public sealed record ObservedUsage(TimeSpan Window, double BusySeconds, double InstanceSeconds, long Requests, string Source);
