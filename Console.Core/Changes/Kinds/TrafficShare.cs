namespace OpsConsole.Core.Changes.Kinds;

/// <summary>A share of the traffic.</summary>
/// <param name="Revision">Short name; empty for the latest ready revision, whichever it is.</param>
/// <param name="Percent">0 to 100.</param>
public sealed record TrafficShare(string Revision, int Percent);
