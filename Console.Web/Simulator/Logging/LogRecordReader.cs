using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>Reads a LogEntry's JSON into a record.</summary>
internal static class LogRecordReader
{
    private static readonly HashSet<string> Modelled = new(StringComparer.Ordinal)
    {
        "timestamp", "receiveTimestamp", "insertId", "logName", "resource", "labels", "severity", "textPayload",
        "jsonPayload", "httpRequest", "trace", "spanId", "traceSampled",
    };

    private static readonly HashSet<string> ModelledHttp = new(StringComparer.Ordinal)
    {
        "requestMethod", "requestUrl", "requestSize", "status", "responseSize", "userAgent", "remoteIp", "serverIp",
        "referer", "latency", "protocol",
    };

    /// <summary>Reads an entry.</summary>
    /// <exception cref="FormatException">A field has no legal value; the message names it.</exception>
    public static LogRecord Read(JsonObject entry, long receivedIfAbsent, Func<string> newInsertId)
    {
        var received = entry["receiveTimestamp"] is { } receive ? Time(receive, "receiveTimestamp") : receivedIfAbsent;
        var insertId = Text(entry["insertId"]);
        return new LogRecord
        {
            Timestamp = entry["timestamp"] is { } timestamp ? Time(timestamp, "timestamp") : received,
            Received = received,
            InsertId = string.IsNullOrEmpty(insertId) ? newInsertId() : insertId,
            LogName = Text(entry["logName"]) ?? throw new FormatException("Log entry has no logName."),
            Resource = Resource(entry["resource"] as JsonObject),
            Labels = Labels(entry["labels"] as JsonObject),
            Severity = Severity(entry["severity"]),
            TextPayload = Text(entry["textPayload"]),
            JsonPayload = entry["jsonPayload"] is JsonObject payload ? Bytes(payload) : null,
            HttpRequest = entry["httpRequest"] is JsonObject http ? Http(http) : null,
            Trace = Text(entry["trace"]),
            SpanId = Text(entry["spanId"]),
            TraceSampled = entry["traceSampled"] is JsonValue sampled && sampled.TryGetValue<bool>(out var yes) && yes,
            Other = Other(entry),
        };
    }

    private static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node);

    private static byte[]? Other(JsonObject entry)
    {
        JsonObject? rest = null;
        foreach (var (name, value) in entry)
        {
            if (!Modelled.Contains(name))
            {
                (rest ??= [])[name] = value?.DeepClone();
            }
        }

        return rest is null ? null : Bytes(rest);
    }

    private static LogResource Resource(JsonObject? resource) =>
        resource is null ? new LogResource("global", []) : new LogResource(Text(resource["type"]) ?? "global", Labels(resource["labels"] as JsonObject));

    private static KeyValuePair<string, string>[] Labels(JsonObject? labels) =>
        labels is null ? [] : [.. labels.Select(l => new KeyValuePair<string, string>(l.Key, Text(l.Value) ?? ""))];

    private static LogHttpRequest Http(JsonObject http) => new()
    {
        Method = Text(http["requestMethod"]),
        Url = Text(http["requestUrl"]),
        RequestSize = Number(http["requestSize"], "httpRequest.requestSize"),
        Status = (int?)Number(http["status"], "httpRequest.status"),
        ResponseSize = Number(http["responseSize"], "httpRequest.responseSize"),
        UserAgent = Text(http["userAgent"]),
        RemoteIp = Text(http["remoteIp"]),
        ServerIp = Text(http["serverIp"]),
        Referer = Text(http["referer"]),
        Latency = Text(http["latency"]),
        Protocol = Text(http["protocol"]),
        Raw = http.All(f => ModelledHttp.Contains(f.Key)) ? null : Bytes(http),
    };

    private static long Time(JsonNode node, string field) => EntryTime.TryParse(Text(node), out var nanos)
        ? nanos
        : throw new FormatException($"Invalid value at '{field}' (type.googleapis.com/google.protobuf.Timestamp), {node.ToJsonString()}");

    /// <summary>int64 fields come as strings or numbers: both are legal proto3 JSON.</summary>
    private static long? Number(JsonNode? node, string field)
    {
        if (node is null)
        {
            return null;
        }

        return long.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"Invalid value at '{field}', {node.ToJsonString()}");
    }

    private static LogSeverity Severity(JsonNode? node)
    {
        if (node is null)
        {
            return LogSeverity.DEFAULT;
        }

        // Client libraries send enum numbers, people send names.
        return Enum.TryParse<LogSeverity>(Text(node), ignoreCase: true, out var severity) && Enum.IsDefined(severity)
            ? severity
            : throw new FormatException($"Invalid value at 'severity' (type.googleapis.com/google.logging.type.LogSeverity), {node.ToJsonString()}");
    }

    private static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };
}
