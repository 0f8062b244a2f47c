using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>
/// Coordinates of a tile (c2sp.org/tlog-tiles): up to 256 neighbouring hashes of every eighth row of the tree. Hash i of tile n at level l
/// is the root over the leaves [(256n + i) * 256^l, (256n + i + 1) * 256^l). Only complete subtrees are in tiles.
/// </summary>
/// <param name="Level">0 holds leaf hashes, 1 the roots of full tiles of level 0, and so on to 7.</param>
/// <param name="Index">From the left, from 0.</param>
/// <param name="Width">Hashes, 1 to 256; below 256 only at the right edge.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Hashes of a full tile.</summary>
    public const int FullWidth = 256;

    /// <summary>The highest level that 2^63 leaves can have.</summary>
    public const int MaxLevel = 7;

    /// <summary>True when nothing can be added to it: it never changes again.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>Bytes of its hashes.</summary>
    public int Bytes => Width * MerkleHash.Size;

    /// <summary>Its address below the log's prefix: <c>tile/0/x001/x234/067</c>, partial <c>tile/1/000.p/17</c>.</summary>
    public string Path => $"tile/{Level.ToString(CultureInfo.InvariantCulture)}/{TilePaths.Spell(Index, Width)}";

    /// <summary>The bundle of the leaves below a tile of level 0: <c>tile/entries/x001/x234/067</c>.</summary>
    public string EntriesPath => $"tile/entries/{TilePaths.Spell(Index, Width)}";

    /// <summary>The tile of a tree that holds a place of a row, as wide as that tree has it.</summary>
    /// <param name="level">Level of tiles.</param>
    /// <param name="index">Of the tile.</param>
    /// <param name="treeSize">Leaves of the tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such tile.</exception>
    public static Tile Of(int level, long index, long treeSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, MaxLevel);
        var rest = (treeSize >> (8 * level)) - (index * FullWidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(rest, 1, nameof(treeSize));
        return new Tile(level, index, (int)Math.Min(FullWidth, rest));
    }

    /// <summary>The partial tiles at the right edge of a tree, the lowest level first. Empty ones do not exist.</summary>
    public static IReadOnlyList<Tile> Edge(long treeSize)
    {
        var tiles = new List<Tile>();
        for (var level = 0; level <= MaxLevel && treeSize >> (8 * level) > 0; level++)
        {
            var row = treeSize >> (8 * level);
            if (row % FullWidth != 0)
            {
                tiles.Add(new Tile(level, row / FullWidth, (int)(row % FullWidth)));
            }
        }

        return tiles;
    }

    /// <summary>Reads an address below the log's prefix; false when no tile or bundle can have it.</summary>
    /// <param name="path">As <see cref="Path"/> or <see cref="EntriesPath"/> write it.</param>
    /// <param name="tile">The coordinates; level 0 for a bundle of entries.</param>
    /// <param name="entries">True for a bundle of entries.</param>
    public static bool TryParsePath([NotNullWhen(true)] string? path, out Tile tile, out bool entries)
    {
        tile = default;
        entries = false;
        if (path is null || !path.StartsWith("tile/", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path.AsSpan(5);
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            return false;
        }

        entries = rest[..slash] is "entries";
        long level = 0;
        if ((!entries && !(StrictDecimal.TryParse(rest[..slash], out level) && level <= MaxLevel))
            || !TilePaths.TryRead(rest[(slash + 1)..], out var index, out var width))
        {
            return false;
        }

        tile = new Tile((int)level, index, width);
        return true;
    }
}
