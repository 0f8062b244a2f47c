namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>
/// A tree of a given size over stored tiles: roots and proofs that read as few tiles as there are levels, in one call to the reader.
/// What comes out is only as true as the tiles: verify it against a signed root.
/// </summary>
/// <param name="tiles">Where the tiles are.</param>
/// <param name="size">Leaves. The store may have grown beyond it.</param>
public sealed class TiledTree(ITileReader tiles, long size)
{
    /// <summary>Leaves.</summary>
    public long Size => size;

    /// <summary>The root.</summary>
    /// <exception cref="MissingTileException">The store lacks a tile.</exception>
    public async ValueTask<MerkleHash> RootAsync(CancellationToken cancellationToken) =>
        size == 0 ? TreeHasher.Empty : (await HashesAsync([new Subtree(0, size)], cancellationToken))[0];

    /// <summary>The hash of a leaf.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    /// <exception cref="MissingTileException">The store lacks a tile.</exception>
    public async ValueTask<MerkleHash> LeafHashAsync(long index, CancellationToken cancellationToken)
    {
        CheckIndex(index);
        return (await HashesAsync([new Subtree(index, index + 1)], cancellationToken))[0];
    }

    /// <summary>That a leaf is in this tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    /// <exception cref="MissingTileException">The store lacks a tile.</exception>
    public async ValueTask<InclusionProof> InclusionAsync(long index, CancellationToken cancellationToken)
    {
        CheckIndex(index);
        return new InclusionProof(index, size, await HashesAsync(Subtree.InclusionPath(index, size), cancellationToken));
    }

    /// <summary>That this tree begins with an earlier one.</summary>
    /// <param name="from">Leaves of the earlier tree, 0 to <see cref="Size"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MissingTileException">The store lacks a tile.</exception>
    public async ValueTask<ConsistencyProof> ConsistencyAsync(long from, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, size);
        return new ConsistencyProof(from, size, await HashesAsync(Subtree.ConsistencyPath(from, size), cancellationToken));
    }

    /// <summary>That the leaves [start, end) are all the leaves between those two places.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside of the tree.</exception>
    /// <exception cref="MissingTileException">The store lacks a tile.</exception>
    public async ValueTask<RangeProof> RangeAsync(long start, long end, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, size);
        return new RangeProof(start, end, size, await HashesAsync(Subtree.Outside(start, end, size), cancellationToken));
    }

    /// <summary>The state to append from.</summary>
    /// <exception cref="MissingTileException">The store lacks a tile.</exception>
    public async ValueTask<CompactRange> CompactAsync(CancellationToken cancellationToken)
    {
        var subtrees = size == 0 ? [] : new Subtree(0, size).Complete().Select(static n => new Subtree(n.Index << n.Level, (n.Index + 1) << n.Level)).ToList();
        return new CompactRange(size, await HashesAsync(subtrees, cancellationToken));
    }

    private static TreeNode FirstInRow(TreeNode node) => new(node.Level / 8, node.Index << (node.Level % 8));

    private Tile TileOf(TreeNode node)
    {
        var first = FirstInRow(node);
        return Tile.Of(first.Level, first.Index / Tile.FullWidth, size);
    }

    private async ValueTask<MerkleHash[]> HashesAsync(List<Subtree> subtrees, CancellationToken cancellationToken)
    {
        var wanted = subtrees.SelectMany(static s => s.Complete()).Select(TileOf).Distinct().ToList();
        var read = wanted.Count == 0 ? [] : await tiles.ReadAsync(wanted, cancellationToken);
        var found = new Dictionary<Tile, ReadOnlyMemory<byte>>(wanted.Count);
        for (var i = 0; i < wanted.Count; i++)
        {
            found.Add(wanted[i], i < read.Count && read[i].Length == wanted[i].Bytes ? read[i] : throw new MissingTileException(wanted[i]));
        }

        return [.. subtrees.Select(s => Fold(s, found))];
    }

    private MerkleHash Fold(Subtree subtree, Dictionary<Tile, ReadOnlyMemory<byte>> found)
    {
        MerkleHash? root = null;
        foreach (var node in subtree.Complete().Reverse())
        {
            var row = MerkleHash.Many(found[TileOf(node)].Span);
            var hash = TreeHasher.Complete(row.Slice((int)(FirstInRow(node).Index % Tile.FullWidth), 1 << (node.Level % 8)));
            root = root is { } right ? TreeHasher.Node(hash, right) : hash;
        }

        return root!.Value;
    }

    private void CheckIndex(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
    }
}
