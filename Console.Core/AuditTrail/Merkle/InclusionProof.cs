namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>That a leaf is in a tree, at its place: the audit path of RFC 6962 section 2.1.1.</summary>
/// <param name="Index">Of the leaf, from 0.</param>
/// <param name="TreeSize">Leaves of the tree.</param>
/// <param name="Path">The leaf's sibling first, the root's child last: at most ceil(log2 TreeSize) hashes.</param>
public sealed record InclusionProof(long Index, long TreeSize, IReadOnlyList<MerkleHash> Path)
{
    /// <summary>True when the leaf is at <see cref="Index"/> of the tree with this root (RFC 9162 section 2.1.3.2).</summary>
    /// <param name="leafHash">Made by <see cref="TreeHasher.Leaf"/> from the leaf's bytes, which come from elsewhere.</param>
    /// <param name="root">From a checkpoint whose signature has been verified.</param>
    public bool Verify(MerkleHash leafHash, MerkleHash root)
    {
        if (Index < 0 || Index >= TreeSize)
        {
            return false;
        }

        var (node, last) = (Index, TreeSize - 1);
        var hash = leafHash;
        foreach (var sibling in Path)
        {
            // At the root already: more hashes are garbage, not proof.
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHasher.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = TreeHasher.Node(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <inheritdoc/>
    public bool Equals(InclusionProof? other) =>
        other is not null && Index == other.Index && TreeSize == other.TreeSize && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Index, TreeSize, Path.Count);
}
