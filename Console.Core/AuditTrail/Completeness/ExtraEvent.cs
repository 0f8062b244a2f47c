namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>An event of the service that belongs to no request of these logs.</summary>
/// <param name="Event">The event.</param>
/// <param name="HasTrace">False when it carries no trace id; true when no request of these logs has its trace.</param>
public sealed record ExtraEvent(EventFact Event, bool HasTrace);
