using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>Rows of an analysis with their texts, which are read back from the source one by one.</summary>
internal static class EntryReading
{
    private static readonly string[] Severities = ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"];

    public static string Severity(byte step) => step < Severities.Length ? Severities[step] : "DEFAULT";

    public static bool IsLate(EntryClass entryClass) => entryClass is EntryClass.AfterResponse or EntryClass.Resumed;

    /// <summary>The entry; null when the source cannot be read any more (the picture is drawn without texts then).</summary>
    public static LogEntry? Read(LogTable table, EntryRef reference)
    {
        try
        {
            return LogEntryReader.TryRead(table.ReadEntry(reference), out var entry) ? entry : null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    public static EntryMark Mark(Analysis analysis, int line)
    {
        var row = analysis.Table.Lines[line];
        var certain = analysis.RequestOf[line];
        var probable = certain < 0 ? analysis.ProbableRequestOf[line] : -1;
        var request = certain >= 0 ? certain : probable;
        return new EntryMark
        {
            Line = line,
            InsertId = analysis.Table.TextOf(row.InsertId),
            At = UnixTime.FromNs(row.TimestampNs),
            Class = analysis.Classes[line],
            Basis = analysis.Bases[line],
            TailSeconds = analysis.TailSeconds(line),
            Severity = Severity(row.Severity),
            Text = Read(analysis.Table, row.Ref)?.Text ?? "",
            Probable = probable >= 0,
            RequestInsertId = request >= 0 ? analysis.Table.TextOf(analysis.Table.Requests[request].InsertId) : "",
        };
    }

    public static RequestBar Bar(Analysis analysis, int request)
    {
        var table = analysis.Table;
        var row = table.Requests[request];
        var entry = Read(table, row.Ref);
        var start = analysis.RequestStartNs[request];
        var end = analysis.RequestEndNs[request];
        return new RequestBar
        {
            Request = request,
            InsertId = table.TextOf(row.InsertId),
            Revision = table.Revisions[row.Revision],
            Instance = row.Instance < 0 ? "" : table.Instances[row.Instance],
            Start = UnixTime.FromNs(start == 0 ? row.TimestampNs : start),
            End = UnixTime.FromNs(end == 0 ? row.TimestampNs : end),
            Aborted = end == 0,
            Method = entry?.HttpRequest?.Method ?? "",
            Path = PathOf(entry?.HttpRequest?.Url ?? ""),
            Status = row.Status,
            Latency = row.LatencyNs < 0 ? null : TimeSpan.FromTicks(row.LatencyNs / 100),
            Text = row.Flags.HasFlag(RequestFlags.HasText) ? entry?.Text ?? "" : "",
        };
    }

    /// <summary>Gives each bar the lowest lane that is free at its start. Bars must be in the order of their starts.</summary>
    public static IReadOnlyList<RequestBar> InLanes(IEnumerable<RequestBar> bars)
    {
        List<DateTimeOffset> ends = [];
        List<RequestBar> placed = [];
        foreach (var bar in bars)
        {
            var lane = ends.FindIndex(end => end <= bar.Start);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(bar.End);
            }
            else
            {
                ends[lane] = bar.End;
            }

            placed.Add(bar with { Lane = lane });
        }

        return placed;
    }

    // https://checkout-abc.a.run.app/orders?x=1 -> /orders?x=1
    private static string PathOf(string url)
    {
        var host = url.IndexOf("://", StringComparison.Ordinal);
        if (host < 0)
        {
            return url;
        }

        var path = url.IndexOf('/', host + 3);
        return path < 0 ? "/" : url[path..];
    }
}
