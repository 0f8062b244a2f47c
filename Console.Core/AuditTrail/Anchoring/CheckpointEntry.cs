namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>A checkpoint as an entry of Cloud Logging.</summary>
/// <param name="Origin">Name of the log that it is of.</param>
/// <param name="Size">Leaves.</param>
/// <param name="Note">The signed note.</param>
/// <param name="SignedAt">Timestamp of the entry.</param>
public sealed record CheckpointEntry(string Origin, long Size, string Note, DateTimeOffset SignedAt);
