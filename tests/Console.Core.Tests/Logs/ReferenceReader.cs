using System.Globalization;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Tests.Logs;

/// <summary>The reader again, slow and plain: a tree for each entry, strings, the framework's own parsers. Rows are told as text.</summary>
internal static class ReferenceReader
{
    /// <summary>The row of an entry; <c>other</c> for entries of no service; null for what is no usable entry.</summary>
    public static string? RowOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 100_000 });
            return RowOf(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Text that is no UTF-16: half a surrogate pair, bad UTF-8.
            return null;
        }
    }

    /// <summary>All rows of a table: requests, then lines.</summary>
    public static List<string> RowsOf(LogTable table)
    {
        var rows = new List<string>();
        for (var i = 0; i < table.Requests.Count; i++)
        {
            var r = table.Requests[i];
            rows.Add(Request(
                r.TimestampNs, r.LatencyNs, r.ReceiveNs, r.SpanId, r.TraceHigh, r.TraceLow, table.TextOf(r.InsertId), Instance(table, r.Instance),
                table.Revisions[r.Revision], r.RouteHash, r.Status, r.Flags));
        }

        for (var i = 0; i < table.Lines.Count; i++)
        {
            var l = table.Lines[i];
            var joining = table.TraceSpans[l.TraceSpan];
            rows.Add(Line(
                l.TimestampNs, joining.SpanId, joining.TraceHigh, joining.TraceLow, table.TextOf(l.InsertId), Instance(table, l.Instance),
                table.Revisions[l.Revision], l.Kind, l.Platform, l.Severity));
        }

        return rows;
    }

    private static string? RowOf(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Object
            || !(e.TryGetProperty("logName", out _) || e.TryGetProperty("insertId", out _) || e.TryGetProperty("timestamp", out _)
                || e.TryGetProperty("resource", out _)))
        {
            return null;
        }

        var logName = Text(e, "logName");
        var resource = Object(e, "resource");
        var type = Text(resource, "type");
        var labels = Object(resource, "labels");
        var key = new RevisionKey(
            Text(labels, "project_id") ?? "", Text(labels, "location") ?? "", Text(labels, "service_name") ?? "", Text(labels, "revision_name") ?? "");
        var log = LogOf(logName);
        if (log == "audit" || (!string.IsNullOrEmpty(type) && type != "cloud_run_revision"))
        {
            return "other";
        }

        if (string.IsNullOrEmpty(type) && key.Service.Length == 0)
        {
            if (log is "other" or "none")
            {
                return "other";
            }

            key = new RevisionKey("", "", "", "");
        }

        var time = Time(Text(e, "timestamp"));
        if (time < 0)
        {
            return null;
        }

        var instance = Text(Object(e, "labels"), "instanceId") ?? "";
        var (high, low) = Trace(Text(e, "trace"));
        var span = Span(Text(e, "spanId") ?? "");
        var http = Object(e, "httpRequest");
        var latency = Latency(Text(http, "latency"));
        var insertId = Text(e, "insertId") ?? "";
        if (log == "requests" || (log == "none" && latency >= 0))
        {
            var status = Status(http);
            var flags = (Text(e, "textPayload") is null ? RequestFlags.None : RequestFlags.HasText)
                | (status == 101 ? RequestFlags.WebSocket : RequestFlags.None);
            var receive = Math.Max(0, Time(Text(e, "receiveTimestamp")));
            return Request(time, latency, receive, span, high, low, insertId, instance, key, Route(http), status, flags);
        }

        var kind = log switch { "stdout" => LineKind.Stdout, "stderr" => LineKind.Stderr, "system" => LineKind.Platform, _ => LineKind.OtherContainer };
        return Line(time, span, high, low, insertId, instance, key, kind, Message(kind, Text(e, "textPayload") ?? ""), Severity(Text(e, "severity")));
    }

    private static string Request(
        long time, long latency, long receive, ulong span, ulong high, ulong low, string id, string instance, RevisionKey key, uint route, int status, RequestFlags flags) =>
        $"request {time} {latency} {receive} {span:x} {high:x16}{low:x16} {id} {instance} {key} {route:x} {status} {flags}";

    private static string Line(
        long time, ulong span, ulong high, ulong low, string id, string instance, RevisionKey key, LineKind kind, PlatformMessage message, byte severity) =>
        $"line {time} {span:x} {high:x16}{low:x16} {id} {instance} {key} {kind} {message} {severity}";

    private static string Instance(LogTable table, int number) => number < 0 ? "" : table.Instances[number];

    private static string? Text(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Object(JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;

    private static string LogOf(string? name)
    {
        if (name is null)
        {
            return "none";
        }

        var at = name.IndexOf("/logs/", StringComparison.Ordinal);
        var id = Uri.UnescapeDataString(at < 0 ? name : name[(at + 6)..]);
        return id switch
        {
            "run.googleapis.com/requests" => "requests",
            "run.googleapis.com/stdout" => "stdout",
            "run.googleapis.com/stderr" => "stderr",
            "run.googleapis.com/varlog/system" or "run.googleapis.com//var/log/system" => "system",
            _ when id.StartsWith("cloudaudit.googleapis.com", StringComparison.Ordinal) => "audit",
            _ when id.StartsWith("run.googleapis.com/", StringComparison.Ordinal) => "run",
            _ => "other",
        };
    }

    private static long Time(string? text)
    {
        if (text is null || text.Length < 20 || text[10] != 'T')
        {
            return -1;
        }

        // The framework keeps seven decimals: the fraction is read apart.
        var end = 19;
        var fraction = 0L;
        if (text[19] == '.')
        {
            end = 20;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end - 20 is 0 or > 9)
            {
                return -1;
            }

            fraction = long.Parse(text[20..end].PadRight(9, '0'), CultureInfo.InvariantCulture);
        }

        return DateTimeOffset.TryParseExact(
            text[..19] + text[end..], ["yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:sszzz"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time) && time.Year is >= 1970 and <= 2261
            ? (time.ToUnixTimeSeconds() * 1_000_000_000) + fraction
            : -1;
    }

    private static long Latency(string? text) =>
        text is not null && text.EndsWith('s') && decimal.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            ? (long)(seconds * 1_000_000_000)
            : -1;

    private static (ulong High, ulong Low) Trace(string? text) =>
        TraceId.TryParse(text, out var trace) ? ((ulong)(trace.Value >> 64), (ulong)trace.Value) : (0, 0);

    private static ulong Span(string text) =>
        text.Length == 16 ? (ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : 0)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var span) ? span
            : text.Length is > 0 and < 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out hex) ? hex
            : 0;

    private static uint Route(JsonElement http)
    {
        var method = Text(http, "requestMethod") ?? "";
        var url = Text(http, "requestUrl") ?? "";
        if (method.Length == 0 || !(Uri.TryCreate(url, UriKind.Absolute, out _) && url.Contains("://", StringComparison.Ordinal)))
        {
            return 0;
        }

        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var slash = rest.IndexOfAny(['/', '?']);
        var path = slash < 0 || rest[slash] == '?' ? "/" : rest[slash..];
        return RouteHash.Of(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(path));
    }

    private static int Status(JsonElement http) =>
        http.ValueKind == JsonValueKind.Object && http.TryGetProperty("status", out var status)
            && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var value) && value is >= 0 and <= 999
            ? value
            : 0;

    private static PlatformMessage Message(LineKind kind, string text) =>
        kind != LineKind.Platform ? PlatformMessage.None
            : text.StartsWith("Starting new instance", StringComparison.Ordinal) ? PlatformMessage.Starting
            : text.Contains("STARTUP", StringComparison.Ordinal) && text.Contains("probe succeeded", StringComparison.Ordinal) ? PlatformMessage.StartupProbeSucceeded
            : text.StartsWith("Container terminated on signal", StringComparison.Ordinal) ? PlatformMessage.TerminatedOnSignal
            : text.StartsWith("Shutting down user disabled instance", StringComparison.Ordinal) ? PlatformMessage.ShuttingDown
            : PlatformMessage.Other;

    private static byte Severity(string? text) =>
        (byte)Math.Max(0, Array.IndexOf(["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"], text));
}
