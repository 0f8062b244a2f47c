using System.Numerics;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>The leaves [Start, End) that one node of a tree covers.</summary>
internal readonly record struct Subtree(long Start, long End)
{
    /// <summary>Leaves.</summary>
    public long Length => End - Start;

    /// <summary>True when no leaf can be added below it.</summary>
    public bool IsComplete => BitOperations.IsPow2(Length);

    /// <summary>The two children: the left one is the largest power of two strictly smaller than the length.</summary>
    public (Subtree Left, Subtree Right) Split()
    {
        var middle = Start + (1L << (63 - BitOperations.LeadingZeroCount((ulong)(Length - 1))));
        return (new Subtree(Start, middle), new Subtree(middle, End));
    }

    /// <summary>The complete subtrees it consists of, from left to right: one unless it is at the right edge.</summary>
    public IEnumerable<TreeNode> Complete()
    {
        var start = Start;
        for (var rest = Length; rest > 0;)
        {
            var level = 63 - BitOperations.LeadingZeroCount((ulong)rest);
            yield return new TreeNode(level, start >> level);
            start += 1L << level;
            rest -= 1L << level;
        }
    }

    /// <summary>PATH(m, D[n]) of RFC 6962 section 2.1.1 as subtrees, the leaf's sibling first.</summary>
    public static List<Subtree> InclusionPath(long index, long size)
    {
        var path = new List<Subtree>();
        var here = new Subtree(0, size);
        while (here.Length > 1)
        {
            var (left, right) = here.Split();
            (here, var sibling) = index < left.End ? (left, right) : (right, left);
            path.Add(sibling);
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962 section 2.1.2 as subtrees.</summary>
    public static List<Subtree> ConsistencyPath(long from, long to)
    {
        var path = new List<Subtree>();
        if (from == 0 || from == to)
        {
            return path;
        }

        var here = new Subtree(0, to);
        while (here.End != from)
        {
            var (left, right) = here.Split();
            (here, var other) = from <= left.End ? (left, right) : (right, left);
            path.Add(other);
        }

        // The old root itself is known to the verifier; any other subtree that ends at `from` is not.
        if (here.Start != 0)
        {
            path.Add(here);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The subtrees of a tree outside of [start, end), from left to right: as large as they can be.</summary>
    public static List<Subtree> Outside(long start, long end, long size)
    {
        var found = new List<Subtree>();
        if (size > 0)
        {
            Walk(new Subtree(0, size));
        }

        return found;

        void Walk(Subtree here)
        {
            // Left of the range only complete ones, so that they are a state to append to, also for an empty range at the very end.
            if ((here.End <= start && here.IsComplete) || here.Start >= end)
            {
                found.Add(here);
            }
            else if (here.Start < start || here.End > end)
            {
                var (left, right) = here.Split();
                Walk(left);
                Walk(right);
            }
        }
    }
}
