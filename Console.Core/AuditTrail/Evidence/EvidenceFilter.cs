namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Which events a bundle discloses. A range of times is not a part of it: that is a range of leaves.</summary>
/// <param name="Text">As it was typed, in the words of the filter box: <c>action:run.* -outcome:success</c>.</param>
/// <param name="Query">What it means, without times.</param>
public sealed record EvidenceFilter(string Text, AuditQuery Query);
