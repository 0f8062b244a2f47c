using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Evidence;

/// <summary>One entry of the evidence, in words.</summary>
internal sealed record EvidenceRow
{
    private static readonly string[] BasisWords =
    [
        "", "trace", "span", "only-request-in-flight", "no-request-in-flight", "access-line", "instance-life", "throttle-fingerprint",
    ];

    public required string InsertId { get; init; }

    /// <summary>As logged, to the nanosecond.</summary>
    public required string Timestamp { get; init; }

    public required string Class { get; init; }

    public required string Basis { get; init; }

    public required string? Request { get; init; }

    public required double? TailSeconds { get; init; }

    public required string? ProbableRequest { get; init; }

    public required string Revision { get; init; }

    public required string? Instance { get; init; }

    public required string Severity { get; init; }

    public required string Text { get; init; }

    /// <summary>Reads a line with its text.</summary>
    /// <exception cref="IOException">The source cannot be read any more: better no file than one with holes.</exception>
    public static EvidenceRow Of(Analysis analysis, int line)
    {
        var table = analysis.Table;
        var row = table.Lines[line];
        ReadOnlyMemory<byte> json;
        try
        {
            json = table.ReadEntry(row.Ref);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The logs were closed while they were being read.", e);
        }

        return new EvidenceRow
        {
            InsertId = table.TextOf(row.InsertId),
            Timestamp = TimeOf(row.TimestampNs),
            Class = analysis.Classes[line].Word(),
            Basis = BasisWords[(int)analysis.Bases[line]],
            Request = IdOf(table, analysis.RequestOf[line]),
            TailSeconds = analysis.TailSeconds(line),
            ProbableRequest = IdOf(table, analysis.ProbableRequestOf[line]),
            Revision = table.Revisions[row.Revision].Revision,
            Instance = row.Instance < 0 ? null : table.Instances[row.Instance],
            Severity = EntryReading.Severity(row.Severity),
            Text = LogEntryReader.TryRead(json, out var entry) ? entry.Text : "",
        };
    }

    private static string? IdOf(LogTable table, int request) => request < 0 ? null : table.TextOf(table.Requests[request].InsertId);

    private static string TimeOf(long ns) => string.Create(
        CultureInfo.InvariantCulture, $"{UnixTime.FromNs(ns).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}.{ns % 1_000_000_000:000000000}Z");
}
