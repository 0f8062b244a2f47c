using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Tiles as <see cref="TileBuilder"/> hands them out, by address: what a store would hold.</summary>
public sealed class MemoryTiles : ITileReader
{
    /// <summary>By <see cref="Tile.Path"/>.</summary>
    public Dictionary<string, byte[]> Stored { get; } = new(StringComparer.Ordinal);

    /// <summary>Tiles read so far.</summary>
    public int Reads { get; private set; }

    /// <summary>A log of these leaves.</summary>
    public static MemoryTiles Of(ReadOnlySpan<MerkleHash> leaves)
    {
        var tiles = new MemoryTiles();
        var builder = new TileBuilder();
        var full = new List<TileData>();
        builder.Append(leaves, full);
        foreach (var tile in full.Concat(builder.Edge()))
        {
            tiles.Stored.Add(tile.Tile.Path, tile.Hashes.ToArray());
        }

        return tiles;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<Tile> tiles, CancellationToken cancellationToken)
    {
        Reads += tiles.Count;
        return ValueTask.FromResult<IReadOnlyList<ReadOnlyMemory<byte>>>([.. tiles.Select(Find)]);
    }

    // As a store would: a wider tile of the same place begins with the same hashes.
    private ReadOnlyMemory<byte> Find(Tile tile)
    {
        for (var width = tile.Width; width <= Tile.FullWidth; width++)
        {
            if (Stored.TryGetValue((tile with { Width = width }).Path, out var hashes))
            {
                return hashes.AsMemory(0, tile.Bytes);
            }
        }

        throw new MissingTileException(tile);
    }
}
