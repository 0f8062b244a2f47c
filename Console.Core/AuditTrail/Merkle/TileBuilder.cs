using System.Runtime.InteropServices;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>
/// Grows a log's tiles: takes leaf hashes, hands out each tile when it is full, and knows the partial ones at the right edge, which are
/// also all it needs to go on later. Not for several threads at once.
/// </summary>
public sealed class TileBuilder
{
    private readonly List<MerkleHash[]> rows = [];

    /// <summary>An empty log.</summary>
    public TileBuilder()
    {
    }

    /// <summary>Goes on from stored tiles.</summary>
    /// <param name="size">Leaves so far.</param>
    /// <param name="edge">The tiles that <see cref="Tile.Edge"/> names for that size, in its order.</param>
    /// <exception cref="MissingTileException">One is missing or too short.</exception>
    public TileBuilder(long size, IReadOnlyList<ReadOnlyMemory<byte>> edge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size;
        var tiles = Tile.Edge(size);
        for (var i = 0; i < tiles.Count; i++)
        {
            var hashes = i < edge.Count && edge[i].Length == tiles[i].Bytes ? edge[i] : throw new MissingTileException(tiles[i]);
            MerkleHash.Many(hashes.Span).CopyTo(Row(tiles[i].Level));
        }
    }

    /// <summary>Leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Adds leaves on the right.</summary>
    /// <param name="leafHashes">Made by <see cref="TreeHasher.Leaf"/>.</param>
    /// <param name="full">Gets every tile that is full now, the lower levels first.</param>
    public void Append(ReadOnlySpan<MerkleHash> leafHashes, ICollection<TileData> full)
    {
        ArgumentNullException.ThrowIfNull(full);
        foreach (ref readonly var leafHash in leafHashes)
        {
            Row(0)[(int)(Size % Tile.FullWidth)] = leafHash;
            Size++;
            for (var level = 0; level < Tile.MaxLevel && Size % (1L << (8 * (level + 1))) == 0; level++)
            {
                var row = rows[level];
                var index = (Size >> (8 * (level + 1))) - 1;
                full.Add(new TileData(new Tile(level, index, Tile.FullWidth), MemoryMarshal.AsBytes<MerkleHash>(row).ToArray()));
                Row(level + 1)[(int)(index % Tile.FullWidth)] = TreeHasher.Complete(row);
            }
        }
    }

    /// <summary>The partial tiles at the right edge, the lowest level first.</summary>
    public IReadOnlyList<TileData> Edge() =>
        [.. Tile.Edge(Size).Select(tile => new TileData(tile, MemoryMarshal.AsBytes(rows[tile.Level].AsSpan(0, tile.Width)).ToArray()))];

    /// <summary>The state without tiles.</summary>
    public CompactRange Compact()
    {
        var hashes = new List<MerkleHash>();
        foreach (var tile in Tile.Edge(Size).Reverse())
        {
            var row = rows[tile.Level].AsSpan(0, tile.Width);
            foreach (var node in new Subtree(0, tile.Width).Complete())
            {
                hashes.Add(TreeHasher.Complete(row.Slice((int)node.Index << node.Level, 1 << node.Level)));
            }
        }

        return new CompactRange(Size, CollectionsMarshal.AsSpan(hashes));
    }

    /// <summary>The root.</summary>
    public MerkleHash Root() => Compact().Root();

    private MerkleHash[] Row(int level)
    {
        while (rows.Count <= level)
        {
            rows.Add(new MerkleHash[Tile.FullWidth]);
        }

        return rows[level];
    }
}
