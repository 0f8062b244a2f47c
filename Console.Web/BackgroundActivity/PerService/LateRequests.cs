using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.PerService;

/// <summary>
/// The requests of a service that went on after their response. Sorting and the filters on numbers work on all of them;
/// texts are read back only for those that are listed.
/// </summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">How many pass the filters on numbers; more than are listed when there are very many.</param>
public sealed record LateRequests(IReadOnlyList<LateRequest> Rows, int Total)
{
    /// <summary>At most so many are listed.</summary>
    public const int MaxListed = 2000;

    private static readonly Dictionary<string, Func<LateRequest, IComparable>> Values = new(StringComparer.Ordinal)
    {
        ["time"] = row => row.Start,
        ["status"] = row => row.Status,
        ["response"] = row => row.ResponseSeconds,
        ["tail"] = row => row.TailSeconds,
        ["lines"] = row => row.Lines,
        ["revision"] = row => row.Revision,
    };

    /// <summary>Columns by which one can sort.</summary>
    public static IReadOnlyCollection<string> SortKeys => Values.Keys;

    /// <summary>The qualifiers of the filter box.</summary>
    public static FilterFields<LateRequest> Fields { get; } = new(
        [
            new("path", "path of the request", "path:/orders", row => [row.Path]),
            new("method", "HTTP method", "method:POST", row => [row.Method]),
            new("status", "HTTP status", "status:>=500", row => [Number(row.Status)], row => row.Status),
            new("tail", "seconds of work after the response", "tail:>5", _ => [], row => row.TailSeconds),
            new("lines", "lines after the response", "lines:>3", _ => [], row => row.Lines),
            new("instance", "id of the instance", "instance:00c1", row => [row.Instance]),
            new("resumed", "yes where the work stood still and was woken", "resumed:yes", row => [row.Resumed ? "yes" : "no"]),
        ],
        row => [row.Path, row.LastLine, row.InsertId]);

    /// <summary>Reads over all lines once.</summary>
    public static LateRequests Of(Analysis analysis, ServiceWorkState state, Func<RevisionKey, bool> included)
    {
        var table = analysis.Table;
        var revisions = table.Revisions.Select(included).ToArray();
        var ofFinding = FindingRequests(analysis, state.Finding);
        Dictionary<int, (double Tail, int Lines, int Last, bool Resumed)> late = [];
        for (var line = 0; line < analysis.Classes.Length; line++)
        {
            if (analysis.Classes[line] is not (EntryClass.AfterResponse or EntryClass.Resumed) || !revisions[table.Lines[line].Revision])
            {
                continue;
            }

            var request = analysis.RequestOf[line];
            if (request < 0 || analysis.TailSeconds(line) is not { } tail || (ofFinding is not null && !ofFinding.Contains(request)))
            {
                continue;
            }

            var known = late.GetValueOrDefault(request, (Tail: -1, Lines: 0, Last: line, Resumed: false));
            var last = tail >= known.Tail ? line : known.Last;
            late[request] = (Math.Max(tail, known.Tail), known.Lines + 1, last, known.Resumed || analysis.Classes[line] == EntryClass.Resumed);
        }

        var rows = late
            .Where(pair => state.Late is not { } least || pair.Value.Tail > least)
            .Select(pair => Row(analysis, pair.Key, pair.Value))
            .Where(row => (state.From is not { } from || row.Start >= from) && (state.To is not { } to || row.Start < to))
            .ToList();
        var query = FilterQuery.Parse(state.Filter);
        if (query.Terms.Count > 0 && rows.Count <= MaxListed * 10)
        {
            // Few enough to look into all their texts before the list is cut.
            rows = [.. Fields.Where(rows.Select(row => WithTexts(analysis, row, late[row.Number].Last)), query)];
            return new LateRequests([.. Ordered(rows, state.Sort).Take(MaxListed)], rows.Count);
        }

        var listed = Ordered(rows, state.Sort).Take(MaxListed).Select(row => WithTexts(analysis, row, late[row.Number].Last));
        return new LateRequests([.. Fields.Where(listed, query)], rows.Count);
    }

    private static IEnumerable<LateRequest> Ordered(IEnumerable<LateRequest> rows, TableSort sort)
    {
        var value = Values[sort.Column];
        return (sort.Descending ? rows.OrderByDescending(value) : rows.OrderBy(value)).ThenByDescending(row => row.Start).ThenBy(row => row.Number);
    }

    private static HashSet<int>? FindingRequests(Analysis analysis, string finding) =>
        finding.Length == 0
            ? null
            : [.. analysis.Findings.Where(f => f.Id == finding).SelectMany(f => f.Lines).Select(line => analysis.RequestOf[line]).Where(request => request >= 0)];

    private static LateRequest Row(Analysis analysis, int request, (double Tail, int Lines, int Last, bool Resumed) work)
    {
        var table = analysis.Table;
        ref readonly var row = ref table.Requests[request];
        return new LateRequest
        {
            Number = request,
            InsertId = table.TextOf(row.InsertId),
            Revision = table.Revisions[row.Revision].Revision,
            Instance = row.Instance < 0 ? "" : table.Instances[row.Instance],
            Start = UnixTime.FromNs(analysis.RequestStartNs[request]),
            ResponseSeconds = (analysis.RequestEndNs[request] - analysis.RequestStartNs[request]) / 1e9,
            TailSeconds = work.Tail,
            Lines = work.Lines,
            Status = row.Status,
            Resumed = work.Resumed,
        };
    }

    private static LateRequest WithTexts(Analysis analysis, LateRequest row, int lastLine)
    {
        var request = EntryTexts.Read(analysis.Table, analysis.Table.Requests[row.Number].Ref)?.HttpRequest;
        return row with
        {
            Method = request?.Method ?? "",
            Path = EntryTexts.PathOf(request?.Url ?? ""),
            LastLine = LogText.FirstLine(EntryTexts.Read(analysis.Table, analysis.Table.Lines[lastLine].Ref)?.Text ?? ""),
        };
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
