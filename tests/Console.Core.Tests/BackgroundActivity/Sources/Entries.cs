using System.Globalization;
using System.Text;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

/// <summary>Entries as Cloud Logging sends them, short to write.</summary>
internal static class Entries
{
    public static readonly DateTimeOffset Nine = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private const string Resource =
        """ "resource":{"type":"cloud_run_revision","labels":{"project_id":"acme","location":"europe-west1","service_name":"checkout","revision_name":"checkout-00001-abc"}} """;

    public static string Line(DateTimeOffset at, string id, string text = "work", TimeSpan? late = null, string instance = "i1") => Json(
        "stdout", at, id, at + (late ?? TimeSpan.FromMilliseconds(50)), instance,
        $"\"textPayload\":\"{text}\"");

    /// <summary>Written a millisecond after its end, and received at once.</summary>
    public static string Request(DateTimeOffset start, TimeSpan latency, string id, string instance = "i1") => Json(
        "requests", start, id, start + latency + TimeSpan.FromMilliseconds(1), instance,
        string.Create(CultureInfo.InvariantCulture, $"\"httpRequest\":{{\"requestMethod\":\"GET\",\"requestUrl\":\"https://x.a.run.app/a\",\"status\":200,\"latency\":\"{latency.TotalSeconds:0.######}s\"}}"));

    public static LogEntry Read(string json) =>
        LogEntryReader.TryRead(Encoding.UTF8.GetBytes(json), out var entry) ? entry : throw new FormatException(json);

    public static string Page(params IEnumerable<string> entries) => $$"""{"entries":[{{string.Join(',', entries)}}]}""";

    private static string Json(string log, DateTimeOffset at, string id, DateTimeOffset received, string instance, string rest) =>
        $$"""{"insertId":"{{id}}","timestamp":"{{Text(at)}}","receiveTimestamp":"{{Text(received)}}","logName":"projects/acme/logs/run.googleapis.com%2F{{log}}",{{Resource}},"labels":{"instanceId":"{{instance}}"},{{rest}} """ + "}";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
