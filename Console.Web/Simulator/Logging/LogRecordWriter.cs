using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>Prints a record as LogEntry JSON, defaults omitted, 64-bit numbers as strings.</summary>
internal static class LogRecordWriter
{
    public static void Write(Utf8JsonWriter json, LogRecord record)
    {
        json.WriteStartObject();
        Optional(json, "textPayload", record.TextPayload);
        if (record.JsonPayload is { } payload)
        {
            json.WritePropertyName("jsonPayload");
            json.WriteRawValue(payload);
        }

        json.WriteString("insertId", record.InsertId);
        if (record.HttpRequest is { } http)
        {
            json.WritePropertyName("httpRequest");
            Http(json, http);
        }

        json.WriteStartObject("resource");
        json.WriteString("type", record.Resource.Type);
        Labels(json, record.Resource.Labels);
        json.WriteEndObject();
        json.WriteString("timestamp", EntryTime.Print(record.Timestamp));
        if (record.Severity != LogSeverity.DEFAULT)
        {
            json.WriteString("severity", record.Severity.ToString());
        }

        Labels(json, record.Labels);
        json.WriteString("logName", record.LogName);
        Optional(json, "trace", record.Trace);
        json.WriteString("receiveTimestamp", EntryTime.Print(record.Received));
        Optional(json, "spanId", record.SpanId);
        if (record.TraceSampled)
        {
            json.WriteBoolean("traceSampled", true);
        }

        if (record.Other is { } other)
        {
            using var document = JsonDocument.Parse(other);
            foreach (var field in document.RootElement.EnumerateObject())
            {
                field.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static void Http(Utf8JsonWriter json, LogHttpRequest http)
    {
        if (http.Raw is { } raw)
        {
            json.WriteRawValue(raw);
            return;
        }

        json.WriteStartObject();
        Optional(json, "requestMethod", http.Method);
        Optional(json, "requestUrl", http.Url);
        Optional(json, "requestSize", http.RequestSize?.ToString(CultureInfo.InvariantCulture));
        if (http.Status is { } status)
        {
            json.WriteNumber("status", status);
        }

        Optional(json, "responseSize", http.ResponseSize?.ToString(CultureInfo.InvariantCulture));
        Optional(json, "userAgent", http.UserAgent);
        Optional(json, "remoteIp", http.RemoteIp);
        Optional(json, "referer", http.Referer);
        Optional(json, "serverIp", http.ServerIp);
        Optional(json, "latency", http.Latency);
        Optional(json, "protocol", http.Protocol);
        json.WriteEndObject();
    }

    private static void Labels(Utf8JsonWriter json, KeyValuePair<string, string>[] labels)
    {
        if (labels.Length == 0)
        {
            return;
        }

        json.WriteStartObject("labels");
        foreach (var (key, value) in labels)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
