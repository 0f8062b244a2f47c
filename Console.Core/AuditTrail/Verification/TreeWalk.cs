using System.Numerics;
using System.Runtime.InteropServices;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Builds the tree of RFC 6962 from left to right out of leaf hashes, or of whole complete subtrees of 256^n leaves where only their root is known,
/// and keeps the row of the current tile of each level. Not for several threads at once.
/// </summary>
internal sealed class TreeWalk
{
    private const int Levels = 8;
    private readonly MerkleHash[] _stack = new MerkleHash[64];
    private readonly MerkleHash[][] _rows;
    private int _count;

    /// <summary>An empty tree.</summary>
    public TreeWalk()
        : this([.. Enumerable.Range(0, Levels).Select(static _ => new MerkleHash[Tile.FullWidth])])
    {
    }

    private TreeWalk(MerkleHash[][] rows) => _rows = rows;

    /// <summary>Leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The hashes of the current tile of a level; those behind the tree's edge are old.</summary>
    public ReadOnlySpan<MerkleHash> Row(int level) => _rows[level];

    /// <summary>Adds a leaf.</summary>
    public void Push(in MerkleHash leafHash) => Push(0, leafHash);

    /// <summary>Adds a complete subtree; the tree's size must be a multiple of its leaves.</summary>
    /// <param name="level">Of tiles: the subtree has 256^level leaves.</param>
    /// <param name="root">Its root.</param>
    public void Push(int level, in MerkleHash root)
    {
        var height = 8 * level;
        var hash = root;
        Record(height, hash);
        for (var merges = BitOperations.TrailingZeroCount(~(Size >> height)); merges > 0; merges--)
        {
            hash = TreeHasher.Node(_stack[--_count], hash);
            height++;
            if ((height & 7) == 0)
            {
                Record(height, hash);
            }
        }

        _stack[_count++] = hash;
        Size += 1L << (8 * level);
    }

    /// <summary>The root.</summary>
    public MerkleHash Root()
    {
        if (_count == 0)
        {
            return TreeHasher.Empty;
        }

        var root = _stack[_count - 1];
        for (var i = _count - 2; i >= 0; i--)
        {
            root = TreeHasher.Node(_stack[i], root);
        }

        return root;
    }

    /// <summary>Makes this the same as another.</summary>
    public void CopyFrom(TreeWalk other)
    {
        (Size, _count) = (other.Size, other._count);
        other._stack.AsSpan(0, _count).CopyTo(_stack);
        for (var level = 0; level < Levels && Size >> (8 * level) > 0; level++)
        {
            other._rows[level].CopyTo(_rows[level], 0);
        }
    }

    /// <summary>The bytes of hashes, as a tile stores them.</summary>
    public static ReadOnlySpan<byte> BytesOf(ReadOnlySpan<MerkleHash> hashes) => MemoryMarshal.AsBytes(hashes);

    private void Record(int height, in MerkleHash hash) => _rows[height / 8][(int)((Size >> height) & (Tile.FullWidth - 1))] = hash;
}
