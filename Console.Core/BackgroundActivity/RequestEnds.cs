using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Start and end of every request. A request entry says <c>"timestamp":"…18.142Z"</c> and <c>"latency":"60.369s"</c>; the
/// timestamp is the start (the end in exports of 2021), and timestamp + latency is not always the end: after a cold start
/// the entry is written 1–20 s later, and the write time inside the insertId is then the truth.
/// </summary>
internal sealed class RequestEnds
{
    /// <summary>Longest request timeout that Cloud Run allows: how long a request of unknown end may have lasted.</summary>
    public const long LongestRequestNs = 3600L * 1_000_000_000;

    // Write times seen in real exports lie up to 20.06 s after timestamp + latency; only used where receiveTimestamp is missing.
    private const long LongestWriteDelayNs = 30L * 1_000_000_000;

    // Entries are received some milliseconds after they are written, in batches after up to a second.
    private const long LateReceiptNs = 1_000_000_000;

    // timestamps and latencies are rounded independently (micro- and nanoseconds).
    private const long RoundingNs = 1_000_000;

    private RequestEnds(int count)
    {
        Start = new long[count];
        SureEnd = new long[count];
        End = new long[count];
        Kind = new EndKind[count];
    }

    /// <summary>Start, in nanoseconds since the Unix epoch.</summary>
    public long[] Start { get; }

    /// <summary>Until here the request was certainly in flight (timestamp + latency); up to <see cref="End"/> the logs leave it uncertain.</summary>
    public long[] SureEnd { get; }

    /// <summary>End; 0 for aborted requests.</summary>
    public long[] End { get; }

    /// <summary>By which rule the end was found.</summary>
    public EndKind[] Kind { get; }

    /// <summary>Convention of most requests.</summary>
    public RequestTimestamp Convention { get; private set; }

    public static RequestEnds Of(LogTable table, RequestTimestamp forced)
    {
        var ends = new RequestEnds(table.Requests.Count);
        var conventions = ConventionBySource(table, forced, out var overall);
        ends.Convention = overall;
        for (var i = 0; i < table.Requests.Count; i++)
        {
            ref readonly var row = ref table.Requests[i];
            var source = row.Ref.Source;
            var isEnd = (source < conventions.Length ? conventions[source] : overall) == RequestTimestamp.End;
            ends.Set(i, row, isEnd);
        }

        return ends;
    }

    /// <summary>
    /// True for entries such as <c>"latency":"0s", "status":429, "textPayload":"The request was aborted because there was no
    /// available instance."</c> without an instanceId: no instance ever took the request. Redirects and refusals by the front end
    /// (302, 403) look the same without the text.
    /// </summary>
    public static bool IsAborted(in RequestRow row) =>
        row.Instance < 0 && (row.LatencyNs == 0 || (row.LatencyNs < 0 && row.Flags.HasFlag(RequestFlags.HasText)));

    private void Set(int i, in RequestRow row, bool timestampIsEnd)
    {
        var write = row.InsertId.WriteTimeNs;
        if (IsAborted(row))
        {
            Start[i] = row.TimestampNs;
            SureEnd[i] = row.TimestampNs;
            Kind[i] = EndKind.Aborted;
            return;
        }

        if (timestampIsEnd)
        {
            Start[i] = row.TimestampNs - Math.Max(0, row.LatencyNs);
            SureEnd[i] = row.TimestampNs;
            var plausible = write != 0 && Math.Abs(write - row.TimestampNs) <= RoundingNs;
            End[i] = row.TimestampNs;
            Kind[i] = plausible ? EndKind.WriteTime : EndKind.Latency;
            return;
        }

        Start[i] = row.TimestampNs;
        var byLatency = row.TimestampNs + Math.Max(0, row.LatencyNs);
        if (write != 0 && write >= byLatency - RoundingNs && write <= LatestWrite(row, byLatency))
        {
            End[i] = Math.Max(write, byLatency);
            SureEnd[i] = row.LatencyNs < 0 ? End[i] : byLatency;
            Kind[i] = EndKind.WriteTime;
        }
        else if (row.LatencyNs >= 0)
        {
            // Without any write time, an entry that was received long after timestamp + latency may be that of a cold start, whose wait
            // the latency leaves out: until then the logs leave it open.
            End[i] = write == 0 && row.ReceiveNs - byLatency is >= LateReceiptNs and <= LongestWriteDelayNs ? row.ReceiveNs : byLatency;
            SureEnd[i] = byLatency;
            Kind[i] = EndKind.Latency;
        }
        else if (row.ReceiveNs > row.TimestampNs)
        {
            End[i] = row.ReceiveNs;
            SureEnd[i] = row.TimestampNs;
            Kind[i] = EndKind.Latency;
        }
        else
        {
            End[i] = row.TimestampNs + LongestRequestNs;
            SureEnd[i] = row.TimestampNs;
            Kind[i] = EndKind.Unknown;
        }
    }

    private static long LatestWrite(in RequestRow row, long byLatency) =>
        row.ReceiveNs != 0
            ? row.ReceiveNs + RoundingNs
            : (row.LatencyNs < 0 ? row.TimestampNs + LongestRequestNs : byLatency + LongestWriteDelayNs);

    /// <summary>
    /// One vote a request whose latency is long enough to tell: an entry that was received or written before
    /// timestamp + latency cannot have its start as timestamp. A file without votes follows the others; start where none has any.
    /// </summary>
    private static RequestTimestamp[] ConventionBySource(LogTable table, RequestTimestamp forced, out RequestTimestamp overall)
    {
        if (forced != RequestTimestamp.Auto)
        {
            overall = forced;
            return [];
        }

        var votes = new List<(long Start, long End, long Requests)>();
        long allStart = 0;
        long allEnd = 0;
        for (var i = 0; i < table.Requests.Count; i++)
        {
            ref readonly var row = ref table.Requests[i];
            var source = row.Ref.Source;
            while (votes.Count <= source)
            {
                votes.Add(default);
            }

            var (start, end, requests) = votes[source];
            var vote = Vote(row);
            start += vote > 0 ? 1 : 0;
            end += vote < 0 ? 1 : 0;
            allStart += vote > 0 ? 1 : 0;
            allEnd += vote < 0 ? 1 : 0;
            votes[source] = (start, end, requests + 1);
        }

        var majority = allEnd > allStart ? RequestTimestamp.End : RequestTimestamp.Start;
        var conventions = new RequestTimestamp[votes.Count];
        long requestsAtEnd = 0;
        for (var s = 0; s < conventions.Length; s++)
        {
            var (start, end, requests) = votes[s];
            conventions[s] = start == end ? majority : (end > start ? RequestTimestamp.End : RequestTimestamp.Start);
            requestsAtEnd += conventions[s] == RequestTimestamp.End ? requests : 0;
        }

        overall = requestsAtEnd * 2 > table.Requests.Count ? RequestTimestamp.End : RequestTimestamp.Start;
        return conventions;
    }

    /// <summary>1 for start, -1 for end, 0 where the entry does not tell.</summary>
    private static int Vote(in RequestRow row)
    {
        const long tellingLatencyNs = 20_000_000;
        if (row.LatencyNs < tellingLatencyNs)
        {
            return 0;
        }

        var write = row.InsertId.WriteTimeNs;
        var byLatency = row.TimestampNs + row.LatencyNs;
        if (row.ReceiveNs != 0 && row.ReceiveNs < byLatency - RoundingNs)
        {
            return -1;
        }

        if (write == 0)
        {
            return 0;
        }

        if (Math.Abs(write - row.TimestampNs) < row.LatencyNs / 4)
        {
            return -1;
        }

        return write >= byLatency - RoundingNs ? 1 : 0;
    }
}
