using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>One step of the way from a leaf to the root: a node and its sibling give their parent.</summary>
/// <param name="Hash">The node on the way; at the first step the leaf.</param>
/// <param name="Sibling">Its sibling, which the proof brings.</param>
/// <param name="SiblingOnLeft">True when the sibling stands before it.</param>
/// <param name="SiblingFrom">First leaf below the sibling.</param>
/// <param name="SiblingTo">Last leaf below the sibling.</param>
/// <param name="Parent">What both give.</param>
public sealed record PathStep(MerkleHash Hash, MerkleHash Sibling, bool SiblingOnLeft, long SiblingFrom, long SiblingTo, MerkleHash Parent)
{
    /// <summary>The steps of a proof, from the leaf up; empty where the path does not have the length that index and size ask for.</summary>
    /// <param name="proof">Index, size and siblings.</param>
    /// <param name="leaf">Hash of the leaf.</param>
    public static IReadOnlyList<PathStep> Of(InclusionProof proof, MerkleHash leaf)
    {
        var siblings = Subtree.InclusionPath(proof.Index, proof.TreeSize);
        if (siblings.Count != proof.Path.Count)
        {
            return [];
        }

        List<PathStep> steps = [];
        var hash = leaf;
        foreach (var (subtree, sibling) in siblings.Zip(proof.Path))
        {
            var onLeft = subtree.End <= proof.Index;
            var parent = onLeft ? TreeHasher.Node(sibling, hash) : TreeHasher.Node(hash, sibling);
            steps.Add(new PathStep(hash, sibling, onLeft, subtree.Start, subtree.End - 1, parent));
            hash = parent;
        }

        return steps;
    }
}
