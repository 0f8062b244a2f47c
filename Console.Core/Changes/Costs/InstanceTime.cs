using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Core.Changes.Costs;

/// <summary>
/// Time of instances as logs show it: from the first to the last entry of each, and how much of it was spent with requests. It is a
/// lower bound: an instance that idles writes nothing.
/// </summary>
/// <param name="Busy">Seconds with at least one request.</param>
/// <param name="Alive">Seconds altogether.</param>
/// <param name="Requests">Requests that an instance took.</param>
internal readonly record struct InstanceTime(double Busy, double Alive, long Requests)
{
    /// <summary>By number of the revision in the table; what lies outside the window is cut off.</summary>
    /// <param name="analysis">Correlated logs.</param>
    /// <param name="fromNs">Inclusive, in nanoseconds since the Unix epoch.</param>
    /// <param name="toNs">Exclusive.</param>
    public static InstanceTime[] ByRevision(Analysis analysis, long fromNs, long toNs)
    {
        var table = analysis.Table;
        var times = new InstanceTime[table.Revisions.Count];
        var (lines, requests) = (InstanceIndex.OfLines(table), InstanceIndex.OfRequests(table));
        List<(long Start, long End)> spans = [];
        for (var instance = 0; instance < table.Instances.Count; instance++)
        {
            spans.Clear();
            var (first, last, revision) = (long.MaxValue, long.MinValue, -1);
            foreach (var line in lines.Of(instance))
            {
                var at = table.Lines[line].TimestampNs;
                if (at >= fromNs && at < toNs)
                {
                    (first, last, revision) = (Math.Min(first, at), Math.Max(last, at), table.Lines[line].Revision);
                }
            }

            foreach (var request in requests.Of(instance))
            {
                var (start, end) = (Math.Max(fromNs, analysis.RequestStartNs[request]), Math.Min(toNs, analysis.RequestEndNs[request]));
                if (end > start)
                {
                    spans.Add((start, end));
                    (first, last, revision) = (Math.Min(first, start), Math.Max(last, end), table.Requests[request].Revision);
                }
            }

            if (revision >= 0)
            {
                var so = times[revision];
                times[revision] = new InstanceTime(so.Busy + Union(spans), so.Alive + ((last - first) / 1e9), so.Requests + spans.Count);
            }
        }

        return times;
    }

    private static double Union(List<(long Start, long End)> spans)
    {
        spans.Sort();
        var (sum, until) = (0L, long.MinValue);
        foreach (var (start, end) in spans)
        {
            sum += Math.Max(0, end - Math.Max(start, until));
            until = Math.Max(until, end);
        }

        return sum / 1e9;
    }
}
