using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>The hashes of RFC 6962 section 2.1: leaf = SHA-256(00 || data), node = SHA-256(01 || left || right).</summary>
public static class TreeHasher
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash Empty { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of a leaf's bytes.</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> data) => Sha256.Of(LeafPrefix, data);

    /// <summary>The hash over two children.</summary>
    public static MerkleHash Node(in MerkleHash left, in MerkleHash right) => Sha256.Of(NodePrefix, MemoryMarshal.AsBytes<MerkleHash>([left, right]));

    /// <summary>The parents of neighbouring pairs. Both spans may begin at the same place.</summary>
    /// <param name="children">An even number of hashes.</param>
    /// <param name="parents">At least half as many.</param>
    public static void Parents(ReadOnlySpan<MerkleHash> children, Span<MerkleHash> parents)
    {
        for (var i = 0; i < children.Length / 2; i++)
        {
            parents[i] = Sha256.Of(NodePrefix, MemoryMarshal.AsBytes(children.Slice(2 * i, 2)));
        }
    }

    /// <summary>The root of a complete subtree.</summary>
    /// <param name="row">Its lowest row: a power of two of hashes.</param>
    public static MerkleHash Complete(ReadOnlySpan<MerkleHash> row)
    {
        if (row.Length == 1)
        {
            return row[0];
        }

        var work = row.Length <= 512 ? stackalloc MerkleHash[row.Length / 2] : new MerkleHash[row.Length / 2];
        Parents(row, work);
        while (work.Length > 1)
        {
            Parents(work, work);
            work = work[..(work.Length / 2)];
        }

        return work[0];
    }
}
