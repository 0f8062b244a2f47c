namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>Tails counted in bins whose edges go 1, 2, 5, 10 …: a log scale that people can read.</summary>
public static class TailBins
{
    private static readonly double[] Edges =
    [
        0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600,
    ];

    /// <summary>Bins from the first to the last that holds something; empty without tails.</summary>
    public static IReadOnlyList<TailBin> Of(IEnumerable<double> tailSeconds)
    {
        var counts = new int[Edges.Length];
        foreach (var tail in tailSeconds)
        {
            // Upper edges belong to the bin above, as in "from 1 s up to 2 s".
            var at = Array.BinarySearch(Edges, tail);
            counts[at >= 0 ? at : Math.Max(0, ~at - 1)]++;
        }

        var first = Array.FindIndex(counts, count => count > 0);
        if (first < 0)
        {
            return [];
        }

        var last = Array.FindLastIndex(counts, count => count > 0);
        return [.. Enumerable.Range(first, last - first + 1).Select(i => new TailBin(Edges[i], i + 1 < Edges.Length ? Edges[i + 1] : null, counts[i]))];
    }
}
