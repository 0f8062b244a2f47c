using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What is sealed.</summary>
/// <param name="Tiles">The tree: its size and what is needed to go on.</param>
/// <param name="Checkpoint">The latest signed checkpoint; null before the first.</param>
/// <param name="Settled">Every number of arrival up to here is sealed or void.</param>
public sealed record SealState(TileBuilder Tiles, StoredCheckpoint? Checkpoint, long Settled);
