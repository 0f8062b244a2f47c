using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>Numbers over time, one row of points for each revision.</summary>
public sealed record Trend
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromDays(365),
    ];

    /// <summary>Length of a stretch.</summary>
    public required TimeSpan Step { get; init; }

    /// <summary>Start of the first stretch, a multiple of <see cref="Step"/>.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Points of each revision; all rows have the same stretches, with zeros where nothing happened.</summary>
    public required IReadOnlyDictionary<RevisionKey, IReadOnlyList<TrendPoint>> Revisions { get; init; }

    /// <summary>Builds it for the revisions that a test lets through.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="included">Which revisions.</param>
    /// <param name="maxPoints">The step is the shortest that needs no more points.</param>
    public static Trend Of(Analysis analysis, Func<RevisionKey, bool> included, int maxPoints = 48)
    {
        var table = analysis.Table;
        var chosen = table.Revisions.Select(included).ToArray();
        var (first, last) = Extent(analysis, chosen);
        if (first > last)
        {
            return new Trend { Step = Steps[0], From = DateTimeOffset.UnixEpoch, Revisions = new Dictionary<RevisionKey, IReadOnlyList<TrendPoint>>() };
        }

        var step = Array.Find(Steps, s => (last / Ns(s)) - (first / Ns(s)) < maxPoints);
        step = step == TimeSpan.Zero ? Steps[^1] : step;
        var origin = first / Ns(step) * Ns(step);
        var count = (int)((last - origin) / Ns(step)) + 1;
        var points = chosen.Select(yes => yes ? Row(origin, step, count) : null).ToArray();

        for (var i = 0; i < table.Requests.Count; i++)
        {
            if (analysis.RequestEndNs[i] != 0 && points[table.Requests[i].Revision] is { } row)
            {
                row[(int)((analysis.RequestStartNs[i] - origin) / Ns(step))].Requests++;
            }
        }

        HashSet<int> withLate = [];
        for (var i = 0; i < analysis.Classes.Length; i++)
        {
            ref readonly var line = ref table.Lines[i];
            if (points[line.Revision] is not { } row)
            {
                continue;
            }

            if (EntryReading.IsLate(analysis.Classes[i]))
            {
                row[(int)((line.TimestampNs - origin) / Ns(step))].LateLines++;
                withLate.Add(analysis.RequestOf[i]);
            }
            else if (analysis.Classes[i] == EntryClass.IdleInstance)
            {
                row[(int)((line.TimestampNs - origin) / Ns(step))].IdleLines++;
            }
        }

        foreach (var request in withLate)
        {
            if (request >= 0 && points[table.Requests[request].Revision] is { } row)
            {
                row[(int)((analysis.RequestStartNs[request] - origin) / Ns(step))].RequestsWithAfterResponse++;
            }
        }

        return new Trend
        {
            Step = step,
            From = UnixTime.FromNs(origin),
            Revisions = table.Revisions.Select(static (key, i) => (key, i)).Where(r => points[r.i] is not null)
                .ToDictionary(static r => r.key, r => (IReadOnlyList<TrendPoint>)points[r.i]!),
        };
    }

    private static long Ns(TimeSpan step) => step.Ticks * 100;

    private static TrendPoint[] Row(long origin, TimeSpan step, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TrendPoint { From = UnixTime.FromNs(origin + (i * Ns(step))) })];

    private static (long First, long Last) Extent(Analysis analysis, bool[] chosen)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < analysis.Table.Requests.Count; i++)
        {
            if (chosen[analysis.Table.Requests[i].Revision] && analysis.RequestEndNs[i] != 0)
            {
                first = Math.Min(first, analysis.RequestStartNs[i]);
                last = Math.Max(last, analysis.RequestStartNs[i]);
            }
        }

        for (var i = 0; i < analysis.Table.Lines.Count; i++)
        {
            ref readonly var line = ref analysis.Table.Lines[i];
            if (chosen[line.Revision])
            {
                first = Math.Min(first, line.TimestampNs);
                last = Math.Max(last, line.TimestampNs);
            }
        }

        return (first, last);
    }
}
