namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The requests that a line may belong to, found on demand by looking at all requests.</summary>
internal static class Candidates
{
    public static IReadOnlyList<int> Of(Analysis analysis, int line, int limit)
    {
        var table = analysis.Table;
        ref readonly var row = ref table.Lines[line];
        var found = new List<int>();
        for (var r = 0; r < table.Requests.Count; r++)
        {
            if (analysis.RequestEndKinds[r] == EndKind.Aborted
                || row.TimestampNs < analysis.RequestStartNs[r] - Rules.ClockSlack
                || row.TimestampNs > analysis.RequestEndNs[r] + Rules.ClockSlack)
            {
                continue;
            }

            ref readonly var request = ref table.Requests[r];
            if (row.Instance >= 0 ? request.Instance == row.Instance : request.Revision == row.Revision)
            {
                found.Add(r);
            }
        }

        found.Sort((a, b) => a == b ? 0 : (RequestChoice.Earlier(table, analysis.RequestStartNs, a, b) ? -1 : 1));
        return found.Count <= limit ? found : found.GetRange(0, limit);
    }
}
