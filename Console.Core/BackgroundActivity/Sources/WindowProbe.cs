using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// Estimates what reading a window costs: three reads of at most 1,000 entries, one at the start of each third. Cloud Logging
/// has no count.
/// </summary>
internal sealed class WindowProbe(ILogs logs, TimeProvider time)
{
    private const int Parts = 3;
    private const int PageSize = 1000;

    // "It did not have time to search all": a sparse window can take several empty pages. The probe stays small.
    private const int MaxCallsOfPart = 4;

    /// <summary>Makes the estimate.</summary>
    public async Task<WindowEstimate> EstimateAsync(WindowRequest request, CancellationToken cancellationToken)
    {
        if (request.WhyNot(time.GetUtcNow()) is { } mistake)
        {
            return new WindowEstimate { Problem = mistake };
        }

        double entries = 0;
        long probeCalls = 0, seen = 0, seenBytes = 0;
        var exact = true;
        var begin = time.GetTimestamp();
        var length = (request.To - request.From) / Parts;
        for (var i = 0; i < Parts; i++)
        {
            var from = request.From + (length * i);
            var to = i == Parts - 1 ? request.To : from + length;
            var part = await ProbePartAsync(request, from, to, cancellationToken);
            probeCalls += part.Calls;
            if (part.Error is not null)
            {
                return new WindowEstimate { Problem = part.Error.Message, Error = part.Error, ProbeCalls = (int)probeCalls };
            }

            entries += part.Entries;
            exact &= part.Exact;
            seen += part.Seen;
            seenBytes += part.Bytes;
        }

        var quota = logs.Quota(request.Project);
        var calls = Math.Max(1, (long)Math.Ceiling(entries / PageSize));
        var left = Math.Max(0, quota.PerMinute - quota.UsedInLastMinute);
        var perCall = probeCalls == 0 ? TimeSpan.Zero : time.GetElapsedTime(begin) / probeCalls;
        return new WindowEstimate
        {
            Entries = (long)entries,
            Calls = calls,
            Duration = Duration(calls, left, quota, perCall),
            Bytes = seen == 0 ? 0 : (long)(entries * seenBytes / seen),
            Exact = exact,
            ProbeCalls = (int)probeCalls,
            CallsLeft = left,
            PerMinute = quota.PerMinute,
        };
    }

    /// <summary>What the minute has left goes at once; the rest at the pace of the quota. No call is faster than the probe's.</summary>
    private static TimeSpan Duration(long calls, int left, LogQuota quota, TimeSpan perCall)
    {
        var waiting = calls <= left ? TimeSpan.Zero : TimeSpan.FromMinutes((double)(calls - left) / quota.PerMinute) + quota.Wait;
        var working = perCall * calls;
        return waiting > working ? waiting : working;
    }

    private async Task<Part> ProbePartAsync(WindowRequest request, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var calls = 0;
        long seen = 0, bytes = 0;
        DateTimeOffset? last = null;
        var query = new LogQuery
        {
            Project = request.Project,
            Filter = LogFilters.Window(request.Services, from, to, cursor: from),
            PageSize = PageSize,
        };
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            calls = page.Calls;
            if (page.Error is not null)
            {
                return new Part(0, false, seen, bytes, calls, page.Error);
            }

            seen += page.Entries.Count;
            bytes += page.Entries.Sum(static e => (long)e.RawJson.Length);
            last = page.Entries is [.., var entry] ? entry.Timestamp : last;
            if (seen >= PageSize || calls >= MaxCallsOfPart)
            {
                // Stopped on purpose: as many again in each such stretch. A tick at least, for a thousand entries can share a time.
                var covered = (last ?? from) - from;
                var whole = seen == 0 ? 0 : seen * ((to - from) / (covered > TimeSpan.Zero ? covered : TimeSpan.FromTicks(1)));
                return new Part(whole, false, seen, bytes, calls, null);
            }
        }

        return new Part(seen, true, seen, bytes, calls, null);
    }

    private sealed record Part(double Entries, bool Exact, long Seen, long Bytes, int Calls, CloudRunError? Error);
}
