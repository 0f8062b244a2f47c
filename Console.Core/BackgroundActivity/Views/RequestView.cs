using System.Globalization;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>All that a picture of one request shows: its bar, its lines, gaps without CPU, and who else was on its instance.</summary>
public sealed record RequestView
{
    /// <summary>The first moments after a response say little about what came after it.</summary>
    internal static readonly TimeSpan ShortWatch = TimeSpan.FromMinutes(1);

    /// <summary>At most so many lines and so many other requests are in the picture.</summary>
    public const int MaxShown = 1000;

    public required RequestBar Request { get; init; }

    /// <summary>Start of the picture: the request's start.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the picture: the request's end or its last line.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Its lines in the order of time, certain and probable.</summary>
    public required IReadOnlyList<EntryMark> Entries { get; init; }

    /// <summary>How many lines it has; more than <see cref="Entries"/> when those were cut.</summary>
    public required int EntryCount { get; init; }

    /// <summary>Gaps without CPU in its work, in the order of time.</summary>
    public required IReadOnlyList<Freeze> Freezes { get; init; }

    /// <summary>Other requests on its instance between <see cref="From"/> and <see cref="To"/>, in lanes, by start.</summary>
    public required IReadOnlyList<RequestBar> Others { get; init; }

    /// <summary>How many there were; more than <see cref="Others"/> when those were cut.</summary>
    public required int OtherCount { get; init; }

    /// <summary>Undecided lines that may be its own, because it ran when they were written.</summary>
    public int UndecidedCount { get; init; }

    /// <summary>
    /// Seconds after its response whose lines are judged (<see cref="Analysis.LinesUntil"/>), negative when it ended after the newest of them; null
    /// when all there are have been judged.
    /// </summary>
    public double? Watched { get; init; }

    /// <summary>True when lines of its own may be missing here, because the newest are not judged yet; a later analysis has them.</summary>
    public bool IsYoung => Watched < 0;

    /// <summary>True when a later analysis says more of the first moments after its response.</summary>
    public bool IsSettling => Watched < ShortWatch.TotalSeconds;

    /// <summary>What is known of its revision; null when the analysis has no summary of it.</summary>
    public RevisionSummary? Summary { get; init; }

    /// <summary>What happened, in a sentence or two for people who are not engineers.</summary>
    public required string Sentence { get; init; }

    /// <summary>Number of the request with an insertId, nearest to a time where several share it; -1 when there is none.</summary>
    public static int Find(Analysis analysis, string insertId, DateTimeOffset? near = null)
    {
        var table = analysis.Table;
        var best = -1;
        var bestDistance = long.MaxValue;
        for (var i = 0; i < table.Requests.Count; i++)
        {
            ref readonly var row = ref table.Requests[i];
            if (!Same(table, row.InsertId, insertId))
            {
                continue;
            }

            var distance = near is { } time ? Math.Abs(row.TimestampNs - UnixTime.ToNs(time)) : 0;
            if (distance < bestDistance)
            {
                best = i;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>Builds it. Reads over all lines once, so take a moment's care with tens of millions.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="request">Number of the request, from <see cref="Find"/>.</param>
    public static RequestView Of(Analysis analysis, int request)
    {
        var table = analysis.Table;
        var bar = EntryReading.Bar(analysis, request);
        var lines = LinesOf(analysis, request);
        var freezes = FreezesOf(analysis, lines);
        var to = lines.Count > 0 ? Later(bar.End, UnixTime.FromNs(table.Lines[lines[^1]].TimestampNs)) : bar.End;
        var late = lines.Count(line => EntryReading.IsLate(analysis.Classes[line]));
        bar = bar with { LateLines = late };
        var others = OthersOf(analysis, request, UnixTime.ToNs(bar.Start), UnixTime.ToNs(to), freezes);
        var entries = lines.Take(MaxShown).Select(line => EntryReading.Mark(analysis, line)).ToList();
        var watched = bar.Aborted ? null : (analysis.LinesUntil - bar.End)?.TotalSeconds;
        var summary = analysis.Revisions.FirstOrDefault(r => r.Key == bar.Revision);
        return new RequestView
        {
            Request = bar,
            From = bar.Start,
            To = to,
            Entries = entries,
            EntryCount = lines.Count,
            Freezes = freezes,
            Others = others.Shown,
            OtherCount = others.Count,
            UndecidedCount = Candidates.LinesOf(analysis, request),
            Watched = watched,
            Summary = summary,
            Sentence = SentenceOf(bar, watched, lines.Where(line => EntryReading.IsLate(analysis.Classes[line])).Select(analysis.TailSeconds).Max(), freezes, summary),
        };
    }

    private static bool Same(LogTable table, InsertId id, string text) => string.Equals(table.TextOf(id), text, StringComparison.Ordinal);

    private static List<int> LinesOf(Analysis analysis, int request)
    {
        List<int> lines = [];
        for (var i = 0; i < analysis.Classes.Length; i++)
        {
            if (analysis.RequestOf[i] == request || analysis.ProbableRequestOf[i] == request)
            {
                lines.Add(i);
            }
        }

        lines.Sort((a, b) => Compare(analysis.Table.Lines[a].TimestampNs, analysis.Table.Lines[b].TimestampNs, a, b));
        return lines;
    }

    internal static int Compare(long timeA, long timeB, int a, int b) => timeA != timeB ? timeA.CompareTo(timeB) : a.CompareTo(b);

    internal static IReadOnlyList<Freeze> FreezesOf(Analysis analysis, IEnumerable<int> lines) =>
        [.. lines
            .Where(analysis.Resumptions.ContainsKey)
            .Select(line => analysis.Resumptions[line])
            .Distinct()
            .OrderBy(static r => r.FreezeStartNs)
            .Select(r => new Freeze(
                UnixTime.FromNs(r.FreezeStartNs),
                UnixTime.FromNs(r.FreezeEndNs),
                r.WakingRequest,
                r.WakingRequest < 0 ? "" : analysis.Table.TextOf(analysis.Table.Requests[r.WakingRequest].InsertId)))];

    private static (IReadOnlyList<RequestBar> Shown, int Count) OthersOf(
        Analysis analysis, int request, long fromNs, long toNs, IReadOnlyList<Freeze> freezes)
    {
        var table = analysis.Table;
        var instance = table.Requests[request].Instance;
        if (instance < 0)
        {
            return ([], 0);
        }

        List<int> found = [];
        for (var i = 0; i < table.Requests.Count; i++)
        {
            if (i != request && table.Requests[i].Instance == instance && analysis.RequestEndNs[i] != 0
                && analysis.RequestStartNs[i] <= toNs && analysis.RequestEndNs[i] >= fromNs)
            {
                found.Add(i);
            }
        }

        found.Sort((a, b) => Compare(analysis.RequestStartNs[a], analysis.RequestStartNs[b], a, b));
        var wakers = freezes.Select(static f => f.WakingRequest).ToHashSet();
        var bars = found.Take(MaxShown).Select(i => EntryReading.Bar(analysis, i) with { Wakes = wakers.Contains(i) });
        return (EntryReading.InLanes(bars), found.Count);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static string SentenceOf(RequestBar bar, double? watched, double? tail, IReadOnlyList<Freeze> freezes, RevisionSummary? summary)
    {
        if (bar.Aborted)
        {
            return "The platform ended this request before any instance answered it, so there is no work of its own.";
        }

        if (bar.LateLines == 0)
        {
            return watched switch
            {
                < 0 => "This request has only just ended: what it logged is not judged yet.",
                { } seconds when seconds < ShortWatch.TotalSeconds => $"Nothing that can be tied to this request was logged in the first {Words.Duration(seconds)} after its response; newer lines are not judged yet.",
                _ => "Nothing that can be tied to this request was logged after its response.",
            };
        }

        var text = bar.LateLines == 1
            ? $"One line was logged {Words.Duration(tail ?? 0)} after the response was complete"
            : $"{bar.LateLines.ToString(CultureInfo.InvariantCulture)} lines were logged after the response was complete, the last one {Words.Duration(tail ?? 0)} later";
        text += summary?.Settings?.Billing switch
        {
            CloudRun.BillingMode.RequestBased => "; this revision has CPU only during requests, so nothing guarantees that this work is finished.",
            CloudRun.BillingMode.InstanceBased => "; this revision has CPU all the time, so this work can go on.",
            _ => ".",
        };
        if (freezes.Count > 0)
        {
            var longest = freezes.Max(static f => (f.To - f.From).TotalSeconds);
            text += $" The work stood still for {Words.Duration(longest)} until another request woke the instance.";
        }

        return text;
    }
}
