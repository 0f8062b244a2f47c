using System.Globalization;
using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.Tests.AuditTrail.Merkle;

/// <summary>Trees of small leaves, and the definitions of RFC 6962 section 2.1 written down as they stand there, to compare with.</summary>
internal static class Trees
{
    /// <summary>Hashes of the leaves "0", "1", "2", ….</summary>
    public static MerkleHash[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => TreeHasher.Leaf(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture))))];

    /// <summary>MTH(D[n]).</summary>
    public static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 0)
        {
            return TreeHasher.Empty;
        }

        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = Half(leaves.Length);
        return TreeHasher.Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    /// <summary>PATH(m, D[n]).</summary>
    public static List<MerkleHash> Path(int m, ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Half(leaves.Length);
        return m < k ? [.. Path(m, leaves[..k]), Root(leaves[k..])] : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    /// <summary>PROOF(m, D[n]).</summary>
    public static List<MerkleHash> Proof(int m, ReadOnlySpan<MerkleHash> leaves) => SubProof(m, leaves, true);

    private static List<MerkleHash> SubProof(int m, ReadOnlySpan<MerkleHash> leaves, bool whole)
    {
        if (m == leaves.Length)
        {
            return whole ? [] : [Root(leaves)];
        }

        var k = Half(leaves.Length);
        return m <= k ? [.. SubProof(m, leaves[..k], whole), Root(leaves[k..])] : [.. SubProof(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int Half(int n)
    {
        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
