namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>Computes the root of a tree from the leaves of a range and the hashes outside of it (<see cref="RangeProof"/>).</summary>
public sealed class RangeVerifier
{
    private readonly RangeProof proof;
    private readonly List<Subtree> outside;
    private readonly CompactRange tree;

    internal RangeVerifier(RangeProof proof, List<Subtree> outside)
    {
        this.proof = proof;
        this.outside = outside;

        // Left of the range there are only complete subtrees: they are the state of a tree that ends where the range begins.
        var left = outside.Where(s => s.End <= proof.Start).Count();
        tree = new CompactRange(proof.Start, [.. proof.Hashes.Take(left)]);
    }

    /// <summary>Leaves that are still expected; negative when there were too many.</summary>
    public long Missing => proof.End - tree.Size;

    /// <summary>The next leaf.</summary>
    public void Append(MerkleHash leafHash) => tree.Append(leafHash);

    /// <summary>The root that follows; null while leaves are missing, or when there were too many.</summary>
    public MerkleHash? Root()
    {
        if (Missing != 0)
        {
            return null;
        }

        if (proof.TreeSize == 0)
        {
            return TreeHasher.Empty;
        }

        var known = new Queue<(Subtree Place, MerkleHash Hash)>();
        var start = 0L;
        var hashes = tree.Hashes;
        foreach (var node in new Subtree(0, tree.Size).Complete())
        {
            var end = start + (1L << node.Level);
            known.Enqueue((new Subtree(start, end), hashes[known.Count]));
            start = end;
        }

        for (var i = 0; i < outside.Count; i++)
        {
            if (outside[i].Start >= proof.End && outside[i].Start >= tree.Size)
            {
                known.Enqueue((outside[i], proof.Hashes[i]));
            }
        }

        return Fold(new Subtree(0, proof.TreeSize));

        MerkleHash Fold(Subtree here)
        {
            if (known.Peek().Place == here)
            {
                return known.Dequeue().Hash;
            }

            var (left, right) = here.Split();
            var leftHash = Fold(left);
            return TreeHasher.Node(leftHash, Fold(right));
        }
    }
}
