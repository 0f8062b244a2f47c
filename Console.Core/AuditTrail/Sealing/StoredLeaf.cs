namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>The bytes of a leaf, as they were hashed.</summary>
/// <param name="Index">Index in the log.</param>
/// <param name="SealedAt">When it was sealed.</param>
/// <param name="Bytes">The leaf.</param>
public readonly record struct StoredLeaf(long Index, DateTimeOffset SealedAt, byte[] Bytes);
