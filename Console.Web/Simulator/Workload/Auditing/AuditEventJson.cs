using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>Writes a record as an application would that knows the ledger's HTTP API from its documentation.</summary>
internal static class AuditEventJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(AuditWrite write)
    {
        using var buffer = new MemoryStream(640);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            var (record, request) = (write.Record, write.Request);
            json.WriteStartObject();
            json.WriteString("id", write.EventId);
            json.WriteString("time", SimTime.ToDateTimeOffset(write.WrittenAt!.Value).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("workspace", record.Workspace);
            json.WriteString("traceId", request.TraceId);
            json.WriteString("spanId", request.Span.ToString("x16", CultureInfo.InvariantCulture));
            json.WriteStartObject("actor");
            json.WriteString("type", record.Actor.Contains('@', StringComparison.Ordinal) ? "user" : "service");
            json.WriteString("id", record.Actor);
            json.WriteString("ip", request.RemoteIp);
            json.WriteEndObject();
            json.WriteString("action", record.Action);
            json.WriteString("outcome", record.Outcome);
            json.WriteStartObject("resource");
            json.WriteString("type", record.ResourceType);
            json.WriteString("id", record.ResourceId);
            json.WriteEndObject();
            json.WriteStartObject("source");
            json.WriteString("service", request.Service);
            json.WriteString("revision", request.Revision);
            json.WriteString("instance", write.Instance);
            json.WriteEndObject();
            json.WriteStartObject("details");
            json.WriteString("method", request.Plan.Method);
            json.WriteString("path", request.Plan.Path);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
