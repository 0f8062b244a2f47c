using System.Text;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>
/// Writes an event as JSON: what <see cref="AuditEventReader"/> reads, what <c>audit.append(jsonb)</c> takes and what stands in exports.
/// Properties in one order, absent ones left out, so that the same event always gives the same bytes.
/// </summary>
public static class AuditEventWriter
{
    /// <summary>The event in UTF-8.</summary>
    public static byte[] Write(AuditEvent auditEvent)
    {
        var text = new Utf8Text();
        Write(auditEvent, text);
        return text.ToArray();
    }

    /// <summary>The event as a string.</summary>
    public static string Print(AuditEvent auditEvent) => Encoding.UTF8.GetString(Write(auditEvent));

    private static void Write(AuditEvent e, Utf8Text text)
    {
        text.Raw("{\"id\":"u8).String(e.Id).Raw(",\"time\":"u8).Time(e.Time).Raw(",\"workspace\":"u8).String(e.Workspace);
        Text(text, ",\"traceId\":"u8, e.TraceId);
        Text(text, ",\"spanId\":"u8, e.SpanId);
        text.Raw(",\"actor\":{\"type\":"u8).String(AuditWords.Of(e.Actor.Type)).Raw(",\"id\":"u8).String(e.Actor.Id);
        Text(text, ",\"displayName\":"u8, e.Actor.DisplayName);
        Text(text, ",\"onBehalfOf\":"u8, e.Actor.OnBehalfOf);
        Text(text, ",\"session\":"u8, e.Actor.Session);
        Text(text, ",\"ip\":"u8, e.Actor.Ip);
        Text(text, ",\"userAgent\":"u8, e.Actor.UserAgent);
        text.Raw("},\"action\":"u8).String(e.Action).Raw(",\"outcome\":"u8).String(AuditWords.Of(e.Outcome));
        Text(text, ",\"reason\":"u8, e.Reason);
        if (e.Resource is { } resource)
        {
            text.Raw(",\"resource\":{\"type\":"u8).String(resource.Type);
            Text(text, ",\"id\":"u8, resource.Id);
            Text(text, ",\"name\":"u8, resource.Name);
            Text(text, ",\"project\":"u8, resource.Project);
            Text(text, ",\"location\":"u8, resource.Location);
            text.Raw("}"u8);
        }

        if (e.Source is { } source)
        {
            text.Raw(",\"source\":{\"service\":"u8).String(source.Service);
            Text(text, ",\"revision\":"u8, source.Revision);
            Text(text, ",\"instance\":"u8, source.Instance);
            text.Raw("}"u8);
        }

        Json(text, ",\"before\":"u8, e.Before);
        Json(text, ",\"after\":"u8, e.After);
        Json(text, ",\"details\":"u8, e.Details);
        text.Raw(",\"schemaVersion\":"u8).Number(e.SchemaVersion).Raw("}"u8);
    }

    private static void Text(Utf8Text text, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            text.Raw(name).String(value);
        }
    }

    private static void Json(Utf8Text text, ReadOnlySpan<byte> name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } present)
        {
            text.Raw(name).Sorted(present);
        }
    }
}
