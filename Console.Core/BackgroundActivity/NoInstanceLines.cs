using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Lines without an instanceId (client libraries leave it out): joined by trace within their revision, else undecided.
/// </summary>
internal static class NoInstanceLines
{
    public static void Classify(
        LogTable table, RequestEnds ends, Results results, ReadOnlySpan<int> lines, SweepOptions options, long[] counts)
    {
        UnplacedRequests? requests = null;
        var found = new List<int>();
        foreach (var row in lines)
        {
            ref readonly var line = ref table.Lines[row];
            if (line.Kind == LineKind.Platform)
            {
                results.Classes[row] = EntryClass.Platform;
            }
            else if (!table.TraceSpans[line.TraceSpan].HasTrace)
            {
                results.Classes[row] = EntryClass.Unattributed;
            }
            else
            {
                requests ??= UnplacedRequests.Of(table, ends, Enumerable.Range(0, table.Requests.Count));
                found.Clear();
                requests.FindTrace(line, table.TraceSpans[line.TraceSpan], found);
                Join(table, ends, results, row, found, options);
            }

            counts[(line.Revision * EntryClasses.Count) + (int)results.Classes[row]]++;
        }
    }

    private static void Join(LogTable table, RequestEnds ends, Results results, int row, List<int> found, SweepOptions options)
    {
        ref readonly var line = ref table.Lines[row];
        results.Note(row, Basis.Trace);
        var chosen = found.Count == 0 ? RequestChoice.NoneYet : RequestChoice.Choose(table, ends, found, line.TimestampNs, table.TraceSpans[line.TraceSpan].SpanId);
        if (chosen == RequestChoice.NoneYet)
        {
            results.Classes[row] = EntryClass.Orphan;
            return;
        }

        if (chosen == RequestChoice.SeveralInFlight)
        {
            results.Classes[row] = EntryClass.InRequest;
            return;
        }

        ref readonly var request = ref table.Requests[chosen];
        var tolerance = options.Forced
            ?? (request.Instance >= 0 ? results.Tolerances[request.Instance] : Tolerances.Floors).Of(ends.Kind[chosen], request.Flags);
        var isAccess = line.AccessRouteHash != 0 && line.AccessRouteHash == request.RouteHash;
        results.Requests.Set(row, chosen);
        results.Classes[row] = LineTimes.ClassOf(ends, chosen, line.TimestampNs, tolerance, isAccess);
        if (results.Classes[row] == EntryClass.AfterResponse)
        {
            results.NoteTail(chosen, line.TimestampNs - ends.End[chosen]);
        }
    }
}
