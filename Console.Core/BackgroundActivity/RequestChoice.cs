using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Which of several requests with the line's trace (retries, fan-out to itself, callers that share a trace) a line belongs to:
/// told apart by span first, then by time.
/// </summary>
internal static class RequestChoice
{
    /// <summary>No request of this trace can be meant: all of them began after the line.</summary>
    public const int NoneYet = -1;

    /// <summary>Several were in flight: the line lies within them, and none of them is named.</summary>
    public const int SeveralInFlight = -2;

    public static int Choose(LogTable table, RequestEnds ends, List<int> candidates, long time, ulong span)
    {
        if (candidates.Count == 1)
        {
            var only = candidates[0];
            return time >= ends.Start[only] - Rules.RoundedTimestamp ? only : NoneYet;
        }

        if (span != 0)
        {
            var bySpan = -1;
            var matches = 0;
            foreach (var r in candidates)
            {
                if (table.Requests[r].SpanId == span)
                {
                    bySpan = r;
                    matches++;
                }
            }

            if (matches == 1)
            {
                return bySpan;
            }
        }

        var inFlight = -1;
        var several = false;
        var latest = -1;
        var next = -1;
        foreach (var r in candidates)
        {
            if (time < ends.Start[r] - Rules.StartSlack)
            {
                if (time >= ends.Start[r] - Rules.RoundedTimestamp && (next < 0 || Earlier(table, ends.Start, r, next)))
                {
                    next = r;
                }

                continue;
            }

            if (time <= ends.End[r] + Rules.ClockSlack)
            {
                several |= inFlight >= 0;
                inFlight = r;
            }
            else if (latest < 0 || Earlier(table, ends.End, latest, r))
            {
                latest = r;
            }
        }

        if (several)
        {
            return SeveralInFlight;
        }

        return inFlight >= 0 ? inFlight : (latest >= 0 ? latest : next);
    }

    /// <summary>A total order by a time and then by insertId, so that the input's order never matters.</summary>
    public static bool Earlier(LogTable table, long[] times, int a, int b)
    {
        if (times[a] != times[b])
        {
            return times[a] < times[b];
        }

        var x = table.Requests[a].InsertId;
        var y = table.Requests[b].InsertId;
        if (x.IsSide && y.IsSide)
        {
            return string.CompareOrdinal(table.TextOf(x), table.TextOf(y)) < 0;
        }

        return x.Hex != y.Hex ? x.Hex < y.Hex : x.Tail < y.Tail;
    }
}
