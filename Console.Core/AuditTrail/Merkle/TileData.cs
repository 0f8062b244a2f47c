namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>A tile and its hashes.</summary>
/// <param name="Tile">Which.</param>
/// <param name="Hashes">32 bytes for each of its hashes, from left to right: what is stored and served.</param>
public readonly record struct TileData(Tile Tile, ReadOnlyMemory<byte> Hashes);
