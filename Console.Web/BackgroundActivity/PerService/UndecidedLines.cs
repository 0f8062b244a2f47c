using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>
/// The undecided lines of a service. Only the newest are listed, and only for those are candidates looked up and texts read back;
/// order and filter work on what is listed.
/// </summary>
/// <param name="Rows">Those listed that pass the filter, in the order asked for.</param>
/// <param name="Listed">How many are listed without the filter.</param>
/// <param name="Total">How many there are.</param>
public sealed record UndecidedLines(IReadOnlyList<UndecidedLine> Rows, int Listed, int Total)
{
    /// <summary>At most so many are listed.</summary>
    public const int MaxListed = 1000;

    /// <summary>At most so many candidates of a line are named.</summary>
    public const int MaxCandidates = 5;

    /// <summary>The order unless another is asked for.</summary>
    public static readonly TableSort NewestFirst = new("time", Descending: true);

    private const int MaxCandidateIds = 100;

    // A text for hovering, not for archives: a single entry may have 256 KB.
    private const int MaxText = 2000;

    private static readonly Dictionary<string, Func<UndecidedLine, IComparable>> Values = new(StringComparer.Ordinal)
    {
        ["time"] = row => row.At,
        ["severity"] = row => EntryWords.Rank(row.Severity),
        ["why"] = row => row.Reason,
        ["candidates"] = row => row.CandidateCount,
        ["instance"] = row => row.Instance,
    };

    /// <summary>Nothing is listed.</summary>
    public static UndecidedLines None { get; } = new([], 0, 0);

    /// <summary>Columns by which one can sort.</summary>
    public static IReadOnlyCollection<string> SortKeys => Values.Keys;

    /// <summary>The qualifiers of the filter box.</summary>
    public static FilterFields<UndecidedLine> Fields { get; } = new(
        [
            new("text", "text of the line", "text:cache", row => [row.Text]),
            new("severity", "severity", "severity:error", row => [row.Severity]),
            new("why", "why it cannot be decided", "why:several", row => [Why(row.Reason)]),
            new("instance", "id of the instance", "instance:00c1", row => [row.Instance]),
            new("candidates", "requests that it may belong to", "candidates:>2", _ => [], row => row.CandidateCount),
            new("request", "insertId of a request that it may belong to", "request:6a1b", row => row.CandidateIds),
        ],
        row => [row.Text, .. row.Candidates.Select(static candidate => candidate.Text)]);

    /// <summary>The reason in words.</summary>
    public static string Why(UndecidedReason reason) => reason switch
    {
        UndecidedReason.SeveralInFlight => "several requests in flight",
        UndecidedReason.NoInstance => "the line names no instance",
        UndecidedReason.EndNotKnown => "the end of a request is not known",
        _ => "no request entry of the instance",
    };

    /// <summary>The reason, from what is known of the line.</summary>
    /// <param name="hasInstance">It names an instance.</param>
    /// <param name="hasRequests">These logs have request entries of that instance.</param>
    /// <param name="candidates">Requests that it may belong to. None, with entries there, means a connection that is still open: it has no entry yet.</param>
    public static UndecidedReason ReasonOf(bool hasInstance, bool hasRequests, int candidates) =>
        !hasInstance ? UndecidedReason.NoInstance
        : !hasRequests ? UndecidedReason.NoRequestEntry
        : candidates > 1 ? UndecidedReason.SeveralInFlight
        : UndecidedReason.EndNotKnown;

    /// <summary>Reads over all lines once.</summary>
    public static UndecidedLines Of(Analysis analysis, string filter, TableSort sort, Func<RevisionKey, bool> included)
    {
        var (newest, total) = Newest(analysis, included);
        var candidates = analysis.CandidatesOf(newest);
        HashSet<int> withoutRequests = [.. analysis.InstancesWithoutRequests];
        Dictionary<int, UndecidedCandidate> named = [];
        var rows = newest.Select((line, i) => Row(analysis, line, candidates[i], withoutRequests, named)).ToList();
        var value = Values[sort.Column];
        var shown = Fields.Where(rows, FilterQuery.Parse(filter));
        var ordered = (sort.Descending ? shown.OrderByDescending(value) : shown.OrderBy(value)).ThenByDescending(row => row.At).ThenByDescending(row => row.Number);
        return new UndecidedLines([.. ordered], rows.Count, total);
    }

    private static (IReadOnlyList<int> Lines, int Total) Newest(Analysis analysis, Func<RevisionKey, bool> included)
    {
        var table = analysis.Table;
        var revisions = table.Revisions.Select(included).ToArray();
        var newest = new PriorityQueue<int, (long, int)>();
        var total = 0;
        for (var line = 0; line < analysis.Classes.Length; line++)
        {
            if (analysis.Classes[line] != EntryClass.Unattributed || !revisions[table.Lines[line].Revision])
            {
                continue;
            }

            total++;
            var age = (table.Lines[line].TimestampNs, line);
            if (newest.Count < MaxListed)
            {
                newest.Enqueue(line, age);
            }
            else
            {
                newest.EnqueueDequeue(line, age);
            }
        }

        return ([.. newest.UnorderedItems.Select(static item => item.Element)], total);
    }

    private static UndecidedLine Row(
        Analysis analysis, int line, IReadOnlyList<int> candidates, HashSet<int> withoutRequests, Dictionary<int, UndecidedCandidate> named)
    {
        var table = analysis.Table;
        var row = table.Lines[line];
        var entry = EntryTexts.Read(table, row.Ref);
        return new UndecidedLine
        {
            Number = line,
            At = UnixTime.FromNs(row.TimestampNs),
            Instance = row.Instance < 0 ? "" : table.Instances[row.Instance],
            Severity = EntryWords.Severity(row.Severity),
            Text = Cut(LogText.Clean(entry?.Text ?? "")),
            Reason = ReasonOf(row.Instance >= 0, !withoutRequests.Contains(row.Instance), candidates.Count),
            Candidates = [.. candidates.Take(MaxCandidates).Select(request => Named(analysis, request, named))],
            CandidateCount = candidates.Count,
            CandidateIds = [.. candidates.Take(MaxCandidateIds).Select(request => table.TextOf(table.Requests[request].InsertId))],
        };
    }

    // Lines of one stretch share their candidates: each is read once.
    private static UndecidedCandidate Named(Analysis analysis, int request, Dictionary<int, UndecidedCandidate> named)
    {
        if (named.TryGetValue(request, out var known))
        {
            return known;
        }

        var table = analysis.Table;
        var row = table.Requests[request];
        var http = EntryTexts.Read(table, row.Ref)?.HttpRequest;
        var name = $"{http?.Method} {EntryTexts.PathOf(http?.Url ?? "")}".Trim();
        return named[request] = new UndecidedCandidate(
            table.TextOf(row.InsertId), UnixTime.FromNs(row.TimestampNs), name.Length > 0 ? name : "request", row.Status);
    }

    private static string Cut(string text) =>
        text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText), "…");
}
