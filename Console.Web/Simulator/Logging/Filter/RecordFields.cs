namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>
/// Typed fields of an entry by path. What LogEntry itself defines has a default when absent (an empty text);
/// labels and the parts of an absent httpRequest are missing, and comparisons with a missing field are false.
/// </summary>
internal static class RecordFields
{
    private static readonly string[] HttpTextNames =
        ["requestMethod", "requestUrl", "status", "userAgent", "remoteIp", "serverIp", "referer", "latency", "protocol"];

    /// <summary>Text of a field; null when missing.</summary>
    public static string? Text(LogRecord record, FieldPath field) => field.Root switch
    {
        "timestamp" => EntryTime.Print(record.Timestamp),
        "receiveTimestamp" => EntryTime.Print(record.Received),
        "insertId" => record.InsertId,
        "logName" => record.LogName,
        "severity" => record.Severity.ToString(),
        "textPayload" => record.TextPayload ?? "",
        "trace" => record.Trace ?? "",
        "spanId" => record.SpanId ?? "",
        "traceSampled" => record.TraceSampled ? "true" : "false",
        "labels" when field.Segments.Count > 1 => Label(record.Labels, string.Join('.', field.Segments.Skip(1))),
        "resource" when field.Segments is [_, "type"] => record.Resource.Type,
        "resource" when field.Segments.Count == 3 => Label(record.Resource.Labels, field.Segments[2]),
        "httpRequest" when field.Segments.Count == 2 && record.HttpRequest is { } http => Http(http, field.Segments[1]),
        _ => null,
    };

    /// <summary>Reads a numeric part of httpRequest, latency in nanoseconds; null when the field is not numeric.</summary>
    public static Func<LogRecord, double?>? Number(FieldPath field) => field.Segments.Count != 2 ? null : field.Segments[1] switch
    {
        "status" => static r => r.HttpRequest is { } h ? h.Status ?? 0 : null,
        "requestSize" => static r => r.HttpRequest is { } h ? h.RequestSize ?? 0 : null,
        "responseSize" => static r => r.HttpRequest is { } h ? h.ResponseSize ?? 0 : null,
        "latency" => static r => r.HttpRequest?.Latency is { } l && FilterValues.TryDuration(l, out var nanos) ? nanos : null,
        _ => null,
    };

    /// <summary>All texts inside a field that is a message or a map.</summary>
    public static IEnumerable<string> Inside(LogRecord record, string root) => root switch
    {
        "labels" => record.Labels.SelectMany(static l => new[] { l.Key, l.Value }),
        "resource" => record.Resource.Labels.Select(static l => l.Value).Prepend(record.Resource.Type),
        _ when record.HttpRequest is { } http => HttpTexts(http),
        _ => [],
    };

    /// <summary>All texts of an httpRequest.</summary>
    public static IEnumerable<string> HttpTexts(LogHttpRequest http) =>
        HttpTextNames.Select(name => Http(http, name)).OfType<string>();

    private static string? Label(KeyValuePair<string, string>[] labels, string key)
    {
        foreach (var label in labels)
        {
            if (label.Key == key)
            {
                return label.Value;
            }
        }

        return null;
    }

    private static string? Http(LogHttpRequest http, string name) => name switch
    {
        "requestMethod" => http.Method ?? "",
        "requestUrl" => http.Url ?? "",
        "requestSize" => Number(http.RequestSize),
        "status" => Number(http.Status),
        "responseSize" => Number(http.ResponseSize),
        "userAgent" => http.UserAgent ?? "",
        "remoteIp" => http.RemoteIp ?? "",
        "serverIp" => http.ServerIp ?? "",
        "referer" => http.Referer ?? "",
        "latency" => http.Latency ?? "",
        "protocol" => http.Protocol ?? "",
        _ => null,
    };

    private static string? Number(long? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
