using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>How long requests went on working after their response: the longest tail of each, in steps of 1, 2 and 5.</summary>
public sealed record TailHistogram
{
    private static readonly double[] Edges =
        [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, double.PositiveInfinity];

    /// <summary>From the shortest to the longest that has a request; buckets between them may be empty.</summary>
    public required IReadOnlyList<TailBucket> Buckets { get; init; }

    /// <summary>Requests with a tail.</summary>
    public required int Requests { get; init; }

    /// <summary>Builds it for the revisions that a test lets through.</summary>
    public static TailHistogram Of(Analysis analysis, Func<RevisionKey, bool> included)
    {
        var revisions = analysis.Table.Revisions.Select(included).ToArray();
        Dictionary<int, double> tails = [];
        for (var line = 0; line < analysis.Classes.Length; line++)
        {
            if (EntryReading.IsLate(analysis.Classes[line]) && revisions[analysis.Table.Lines[line].Revision]
                && analysis.TailSeconds(line) is { } tail)
            {
                var request = analysis.RequestOf[line];
                tails[request] = Math.Max(tails.GetValueOrDefault(request), tail);
            }
        }

        var counts = new int[Edges.Length - 1];
        foreach (var tail in tails.Values)
        {
            var at = Array.BinarySearch(Edges, tail);
            counts[at >= 0 ? at : ~at - 1]++;
        }

        var first = Array.FindIndex(counts, static c => c > 0);
        var last = Array.FindLastIndex(counts, static c => c > 0);
        return new TailHistogram
        {
            Requests = tails.Count,
            Buckets = first < 0 ? [] : [.. Enumerable.Range(first, last - first + 1).Select(i => new TailBucket(Edges[i], Edges[i + 1], counts[i]))],
        };
    }
}
