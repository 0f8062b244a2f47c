using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>A leaf to be added.</summary>
/// <param name="Sequence">Number of its event, sealed or missing; null for a leaf that declares numbers void.</param>
/// <param name="Hash">RFC 6962 leaf hash.</param>
/// <param name="Bytes">The leaf.</param>
/// <param name="Disclosures">Packed; empty when there are none.</param>
/// <param name="Void">The numbers that it declares void.</param>
public readonly record struct SealLeaf(long? Sequence, MerkleHash Hash, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Disclosures, (long From, long To)? Void);
