using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Web.AuditTrail.Events;

/// <summary>JSON of events for people: indented, texts readable. The page encodes it.</summary>
public static class EventJsonText
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An event, with the property names of the API.</summary>
    public static string Of(AuditEvent e)
    {
        using var json = JsonDocument.Parse(AuditEventWriter.Write(e));
        return Indented(json.RootElement);
    }

    /// <summary>Any JSON.</summary>
    public static string Indented(JsonElement json) => JsonSerializer.Serialize(json, Readable);
}
