namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>An event's place in the log.</summary>
/// <param name="Index">Index of its leaf.</param>
/// <param name="Checkpoint">A signed checkpoint that covers it.</param>
public sealed record SealedReceipt(long Index, StoredCheckpoint Checkpoint);
