using System.Numerics;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>That a tree only grew: the first leaves of the larger are those of the smaller (RFC 6962 section 2.1.2).</summary>
/// <param name="FromSize">Leaves of the smaller tree.</param>
/// <param name="ToSize">Leaves of the larger tree.</param>
/// <param name="Path">Hashes in the order of the RFC: at most 63. Empty when the sizes are equal or the smaller is 0.</param>
public sealed record ConsistencyProof(long FromSize, long ToSize, IReadOnlyList<MerkleHash> Path)
{
    /// <summary>
    /// True when the tree with the second root begins with the one of the first (RFC 9162 section 2.1.4.2). From size 0, as the witness
    /// protocol has it: the empty tree is consistent with every tree, and its proof is empty.
    /// </summary>
    /// <param name="fromRoot">Root at <see cref="FromSize"/>.</param>
    /// <param name="toRoot">Root at <see cref="ToSize"/>.</param>
    public bool Verify(MerkleHash fromRoot, MerkleHash toRoot)
    {
        if (FromSize < 0 || FromSize > ToSize)
        {
            return false;
        }

        if (FromSize == ToSize)
        {
            return Path.Count == 0 && fromRoot == toRoot && (FromSize != 0 || fromRoot == TreeHasher.Empty);
        }

        if (FromSize == 0)
        {
            return Path.Count == 0 && fromRoot == TreeHasher.Empty;
        }

        return Path.Count > 0 && Replay(fromRoot, toRoot);
    }

    /// <inheritdoc/>
    public bool Equals(ConsistencyProof? other) =>
        other is not null && FromSize == other.FromSize && ToSize == other.ToSize && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(FromSize, ToSize, Path.Count);

    private bool Replay(MerkleHash fromRoot, MerkleHash toRoot)
    {
        // A complete smaller tree is itself the first node, and is not sent.
        var complete = BitOperations.IsPow2(FromSize);
        var (node, last) = (FromSize - 1, ToSize - 1);
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        var from = complete ? fromRoot : Path[0];
        var to = from;
        for (var i = complete ? 0 : 1; i < Path.Count; i++)
        {
            if (last == 0)
            {
                return false;
            }

            var hash = Path[i];
            if ((node & 1) == 1 || node == last)
            {
                from = TreeHasher.Node(hash, from);
                to = TreeHasher.Node(hash, to);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                to = TreeHasher.Node(to, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && from == fromRoot && to == toRoot;
    }
}
