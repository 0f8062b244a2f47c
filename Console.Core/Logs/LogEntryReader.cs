using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.Logs;

/// <summary>
/// Reads one log entry as Cloud Logging writes it
/// (https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry). Absent means default.
/// </summary>
public static class LogEntryReader
{
    /// <summary>Reads an entry; false when the bytes are not a JSON object with a timestamp.</summary>
    /// <param name="json">One JSON object in UTF-8; kept as <see cref="LogEntry.RawJson"/>, not copied.</param>
    /// <param name="entry">The entry.</param>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out LogEntry? entry)
    {
        entry = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !ProtoTimestamp.TryParse(Text(root, "timestamp"), out var timestamp))
            {
                return false;
            }

            var resource = Object(root, "resource");
            var resourceLabels = Object(resource, "labels");
            entry = new LogEntry
            {
                InsertId = Text(root, "insertId"),
                LogName = Text(root, "logName"),
                Timestamp = timestamp,
                ReceiveTimestamp = ProtoTimestamp.ParseOrNull(Text(root, "receiveTimestamp")),
                Severity = Text(root, "severity"),
                Text = TextOf(root),
                Trace = TraceId.TryParse(Text(root, "trace"), out var trace) ? trace : TraceId.None,
                SpanId = Text(root, "spanId"),
                InstanceId = Text(Object(root, "labels"), "instanceId"),
                ResourceType = Text(resource, "type"),
                ServiceName = FirstText(resourceLabels, "service_name", "job_name", "worker_pool_name"),
                RevisionName = Text(resourceLabels, "revision_name"),
                Location = Text(resourceLabels, "location"),
                HttpRequest = ToHttpRequest(Object(root, "httpRequest")),
                RawJson = json,
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            // InvalidOperationException: a string that is not UTF-8.
            return false;
        }
    }

    /// <summary>
    /// <c>"httpRequest":{"requestMethod":"POST","requestUrl":"https://…","status":502,"latency":"60.369159188s",…}</c>.
    /// A container can write such an object too, in its JSON lines.
    /// </summary>
    private static HttpRequestInfo? ToHttpRequest(JsonElement? http) =>
        http is null
            ? null
            : new HttpRequestInfo
            {
                Method = Text(http, "requestMethod"),
                Url = Text(http, "requestUrl"),
                Status = Status(http.Value),
                Latency = ProtoDuration.TryParse(Text(http, "latency"), out var latency) ? latency : null,
                UserAgent = Text(http, "userAgent"),
                RemoteIp = Text(http, "remoteIp"),
                Protocol = Text(http, "protocol"),
            };

    private static int Status(JsonElement http) =>
        http.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var value) ? value : 0;

    private static string TextOf(JsonElement root)
    {
        if (root.TryGetProperty("textPayload", out var text) && text.ValueKind == JsonValueKind.String)
        {
            return text.GetString()!;
        }

        if (root.TryGetProperty("jsonPayload", out var json))
        {
            return Text(json, "message") is { Length: > 0 } message ? message : json.GetRawText();
        }

        return root.TryGetProperty("protoPayload", out var proto) ? proto.GetRawText() : "";
    }

    private static string FirstText(JsonElement? parent, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Text(parent, key) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return "";
    }

    private static JsonElement? Object(JsonElement? parent, string key) =>
        parent is { ValueKind: JsonValueKind.Object } p && p.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string Text(JsonElement? parent, string key) =>
        parent is { ValueKind: JsonValueKind.Object } p && p.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
