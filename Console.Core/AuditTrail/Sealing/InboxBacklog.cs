namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What waits to be sealed.</summary>
/// <param name="Count">Events.</param>
/// <param name="Oldest">Recording time of the oldest; null when none waits.</param>
/// <param name="Unindexed">Sealed leaves that the search index does not have yet.</param>
public sealed record InboxBacklog(long Count, DateTimeOffset? Oldest, long Unindexed);
