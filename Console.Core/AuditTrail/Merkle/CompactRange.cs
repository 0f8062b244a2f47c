using System.Numerics;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>
/// All that is needed to append to a tree and to know its root: the roots of its complete subtrees, the largest first, as many as the
/// size has bits set. Not for several threads at once.
/// </summary>
public sealed class CompactRange
{
    // 2^63 - 1 leaves have 63 subtrees; one more while a leaf is being merged.
    private readonly MerkleHash[] stack = new MerkleHash[64];
    private int count;

    /// <summary>An empty tree.</summary>
    public CompactRange()
    {
    }

    /// <summary>Goes on from a state that was kept.</summary>
    /// <param name="size">Leaves.</param>
    /// <param name="hashes">What <see cref="Hashes"/> was at that size.</param>
    /// <exception cref="ArgumentException">The number of hashes does not fit the size.</exception>
    public CompactRange(long size, ReadOnlySpan<MerkleHash> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (BitOperations.PopCount((ulong)size) != hashes.Length)
        {
            throw new ArgumentException($"A tree of {size} leaves has {BitOperations.PopCount((ulong)size)} complete subtrees, not {hashes.Length}.", nameof(hashes));
        }

        Size = size;
        hashes.CopyTo(stack);
        count = hashes.Length;
    }

    /// <summary>Leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, the largest first.</summary>
    public ReadOnlySpan<MerkleHash> Hashes => stack.AsSpan(0, count);

    /// <summary>Adds a leaf on the right.</summary>
    /// <param name="leafHash">Made by <see cref="TreeHasher.Leaf"/>.</param>
    public void Append(in MerkleHash leafHash)
    {
        var hash = leafHash;
        for (var merges = BitOperations.TrailingZeroCount(~Size); merges > 0; merges--)
        {
            hash = TreeHasher.Node(stack[--count], hash);
        }

        stack[count++] = hash;
        Size++;
    }

    /// <summary>The root of RFC 6962: the subtrees folded from the right.</summary>
    public MerkleHash Root()
    {
        if (count == 0)
        {
            return TreeHasher.Empty;
        }

        var root = stack[count - 1];
        for (var i = count - 2; i >= 0; i--)
        {
            root = TreeHasher.Node(stack[i], root);
        }

        return root;
    }

    /// <summary>A copy that goes its own way.</summary>
    public CompactRange Clone() => new(Size, Hashes);
}
