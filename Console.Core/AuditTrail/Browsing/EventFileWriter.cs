using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.Csv;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Writes events as a stream: millions need no memory. Says at the end what was written.</summary>
public static class EventFileWriter
{
    private const int FlushBytes = 64 * 1024;

    // The file is not HTML: only what JSON itself needs is escaped, so that texts stay readable.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Columns =
    [
        "time", "recordedAt", "workspace", "id", "actorType", "actorId", "actorName", "onBehalfOf", "action", "outcome", "reason",
        "resourceType", "resourceId", "resourceName", "project", "location", "traceId", "spanId", "source", "sourceRevision", "sourceInstance",
        "ip", "userAgent", "session", "before", "after", "details", "schemaVersion", "via", "appendedBy", "actorRef", "sequence", "index", "sealedAt", "erased",
    ];

    /// <summary>Writes all events.</summary>
    /// <exception cref="IOException">The target failed on the way; what was written is incomplete.</exception>
    /// <exception cref="AuditUnavailableException">The source failed on the way, or did not take the record of the reading.</exception>
    public static async Task<EventFileSummary> WriteAsync(IAsyncEnumerable<AuditRecord> records, EventFileFormat format, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (events, bytes) = (0L, 0L);
        using var buffer = new MemoryStream(FlushBytes * 2);

        async Task FlushAsync()
        {
            var written = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
            hash.AppendData(written.Span);
            bytes += written.Length;
            await target.WriteAsync(written, cancellationToken);
            await target.FlushAsync(cancellationToken);
            buffer.SetLength(0);
        }

        if (format == EventFileFormat.Csv)
        {
            buffer.Write(Encoding.UTF8.GetBytes(CsvText.Line(Columns)));
        }

        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            events++;
            if (format == EventFileFormat.Csv)
            {
                buffer.Write(Encoding.UTF8.GetBytes(CsvLine(record)));
            }
            else
            {
                WriteJson(buffer, record);
            }

            if (buffer.Length >= FlushBytes)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();
        return new EventFileSummary(events, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static string CsvLine(AuditRecord record)
    {
        var (e, at) = (record.Event, record.Position);
        return CsvText.Line(
            AuditTime.Print(e.Time), AuditTime.Print(at.RecordedAt), e.Workspace, e.Id, AuditWords.Of(e.Actor.Type), e.Actor.Id, e.Actor.DisplayName, e.Actor.OnBehalfOf,
            e.Action, AuditWords.Of(e.Outcome), e.Reason,
            e.Resource?.Type, e.Resource?.Id, e.Resource?.Name, e.Resource?.Project, e.Resource?.Location, e.TraceId, e.SpanId, e.Source?.Service, e.Source?.Revision, e.Source?.Instance,
            e.Actor.Ip, e.Actor.UserAgent, e.Actor.Session, e.Before?.GetRawText(), e.After?.GetRawText(), e.Details?.GetRawText(), Number(e.SchemaVersion),
            AuditWords.Of(at.Via), at.AppendedBy, record.ActorRef, Number(at.Sequence), at.Index is { } index ? Number(index) : null,
            at.SealedAt is { } sealedAt ? AuditTime.Print(sealedAt) : null, string.Join(' ', record.Erased));
    }

    private static void WriteJson(MemoryStream buffer, AuditRecord record)
    {
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            var at = record.Position;
            json.WriteStartObject();
            json.WritePropertyName("event");
            json.WriteRawValue(AuditEventWriter.Write(record.Event), skipInputValidation: true);
            json.WriteStartObject("position");

            // Strings: numbers of JSON lose digits beyond 2^53 in many tools.
            json.WriteString("sequence", Number(at.Sequence));
            json.WriteString("recordedAt", AuditTime.Print(at.RecordedAt));
            json.WriteString("via", AuditWords.Of(at.Via));
            json.WriteString("appendedBy", at.AppendedBy);
            json.WriteString("index", at.Index is { } index ? Number(index) : null);
            json.WriteString("sealedAt", at.SealedAt is { } sealedAt ? AuditTime.Print(sealedAt) : null);
            json.WriteEndObject();
            json.WriteString("actorRef", record.ActorRef);
            json.WriteStartArray("erased");
            foreach (var field in record.Erased)
            {
                json.WriteStringValue(field);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
