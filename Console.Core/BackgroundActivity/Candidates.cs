using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The requests that lines may belong to, found on demand by looking at all requests.</summary>
internal static class Candidates
{
    public static IReadOnlyList<int> Of(Analysis analysis, int line, int limit)
    {
        var table = analysis.Table;
        ref readonly var row = ref table.Lines[line];
        var found = new List<int>();
        for (var r = 0; r < table.Requests.Count; r++)
        {
            if (InFlight(analysis, r, row.TimestampNs, row.TimestampNs) && SamePlace(row, table.Requests[r]))
            {
                found.Add(r);
            }
        }

        Sort(analysis, found);
        return found.Count <= limit ? found : found.GetRange(0, limit);
    }

    /// <summary>The same for many lines with one look at all requests: those of the lines' stretch of time, by place.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(Analysis analysis, IReadOnlyList<int> lines)
    {
        var table = analysis.Table;
        var (first, last) = (long.MaxValue, long.MinValue);
        var ofInstance = new Dictionary<int, List<int>>();
        var ofRevision = new Dictionary<int, List<int>>();
        foreach (var line in lines)
        {
            ref readonly var row = ref table.Lines[line];
            (first, last) = (Math.Min(first, row.TimestampNs), Math.Max(last, row.TimestampNs));
            _ = row.Instance >= 0 ? ofInstance.TryAdd(row.Instance, []) : ofRevision.TryAdd(row.Revision, []);
        }

        for (var r = 0; r < table.Requests.Count && lines.Count > 0; r++)
        {
            if (!InFlight(analysis, r, first, last))
            {
                continue;
            }

            ref readonly var request = ref table.Requests[r];
            ofInstance.GetValueOrDefault(request.Instance)?.Add(r);
            ofRevision.GetValueOrDefault(request.Revision)?.Add(r);
        }

        foreach (var requests in ofInstance.Values.Concat(ofRevision.Values))
        {
            Sort(analysis, requests);
        }

        return [.. lines.Select(line => At(table.Lines[line]))];

        IReadOnlyList<int> At(LineRow row) =>
            (row.Instance >= 0 ? ofInstance[row.Instance] : ofRevision[row.Revision]).FindAll(r => InFlight(analysis, r, row.TimestampNs, row.TimestampNs));
    }

    /// <summary>How many undecided lines may belong to a request.</summary>
    public static int LinesOf(Analysis analysis, int request)
    {
        var table = analysis.Table;
        ref readonly var row = ref table.Requests[request];
        var count = 0;
        for (var i = 0; i < analysis.Classes.Length; i++)
        {
            if (analysis.Classes[i] == EntryClass.Unattributed)
            {
                ref readonly var line = ref table.Lines[i];
                count += SamePlace(line, row) && InFlight(analysis, request, line.TimestampNs, line.TimestampNs) ? 1 : 0;
            }
        }

        return count;
    }

    // A line without an instance may be of any request of its revision.
    private static bool SamePlace(in LineRow line, in RequestRow request) =>
        line.Instance >= 0 ? request.Instance == line.Instance : request.Revision == line.Revision;

    private static bool InFlight(Analysis analysis, int request, long from, long to) =>
        analysis.RequestEndKinds[request] != EndKind.Aborted
        && to >= analysis.RequestStartNs[request] - Rules.ClockSlack
        && from <= analysis.RequestEndNs[request] + Rules.ClockSlack;

    private static void Sort(Analysis analysis, List<int> requests) =>
        requests.Sort((a, b) => a == b ? 0 : (RequestChoice.Earlier(analysis.Table, analysis.RequestStartNs, a, b) ? -1 : 1));
}
