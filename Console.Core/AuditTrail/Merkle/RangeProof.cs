namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>
/// That a list of leaves is complete: exactly the leaves [Start, End) of a tree, none missing, none added, none moved. It holds the roots
/// of the largest subtrees outside of the range, from left to right; with the leaves they give the tree's root. For one leaf it has the
/// hashes of its inclusion proof, in another order.
/// </summary>
/// <param name="Start">First leaf.</param>
/// <param name="End">Behind the last leaf.</param>
/// <param name="TreeSize">Leaves of the tree.</param>
/// <param name="Hashes">Left of the range (as many as <paramref name="Start"/> has bits set), then right of it.</param>
public sealed record RangeProof(long Start, long End, long TreeSize, IReadOnlyList<MerkleHash> Hashes)
{
    /// <summary>Takes the leaves, one after the other, in constant memory; null when the numbers of the proof do not fit each other.</summary>
    public RangeVerifier? Open()
    {
        if (Start < 0 || End < Start || End > TreeSize)
        {
            return null;
        }

        var outside = Subtree.Outside(Start, End, TreeSize);
        return outside.Count == Hashes.Count ? new RangeVerifier(this, outside) : null;
    }

    /// <summary>True when these are all the leaves of the range in the tree with this root.</summary>
    /// <param name="leafHashes">In order.</param>
    /// <param name="root">From a checkpoint whose signature has been verified.</param>
    public bool Verify(IEnumerable<MerkleHash> leafHashes, MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(leafHashes);
        var verifier = Open();
        if (verifier is null)
        {
            return false;
        }

        foreach (var leafHash in leafHashes)
        {
            verifier.Append(leafHash);
        }

        return verifier.Root() == root;
    }

    /// <inheritdoc/>
    public bool Equals(RangeProof? other) =>
        other is not null && Start == other.Start && End == other.End && TreeSize == other.TreeSize && Hashes.SequenceEqual(other.Hashes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Start, End, TreeSize, Hashes.Count);
}
