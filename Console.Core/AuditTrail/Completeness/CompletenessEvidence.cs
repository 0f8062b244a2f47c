using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Core.Csv;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// Writes a report for people who must show it to others. NDJSON: first what was checked and by which rules, then one line for each
/// request, then one for each event that belongs to none. CSV: requests and such events as rows of one table.
/// The SHA-256 of the NDJSON stands in the event that records the check.
/// </summary>
public static class CompletenessEvidence
{
    private static readonly string[] Columns =
    [
        "state", "request", "start", "responseAt", "method", "path", "status", "revision", "traceId", "rule",
        "workspace", "eventId", "action", "outcome", "eventTime", "recordedAt", "afterResponseSeconds", "decidedBy", "leafIndex",
    ];

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>SHA-256 of <see cref="WriteNdjson"/>.</summary>
    public static byte[] Digest(CompletenessReport report)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            WriteNdjson(report, stream);
        }

        return hash.Hash!;
    }

    /// <summary>One JSON object a line.</summary>
    public static void WriteNdjson(CompletenessReport report, Stream target)
    {
        Line(target, json => WriteCheck(json, report));
        foreach (var row in report.Rows)
        {
            Line(target, json => WriteRow(json, row));
        }

        foreach (var extra in report.Extra)
        {
            Line(target, json =>
            {
                json.WriteString("type", "event");
                json.WriteString("state", extra.HasTrace ? "no-request" : "no-trace");
                WriteEvent(json, extra.Event);
            });
        }
    }

    /// <summary>RFC 4180 with a head line; what spreadsheets would run as a formula gets an apostrophe in front.</summary>
    public static void WriteCsv(CompletenessReport report, TextWriter target)
    {
        target.Write(string.Join(',', Columns) + "\r\n");
        foreach (var row in report.Rows)
        {
            var r = row.Request;
            Csv(
                target, row.Event, row.State.Word(), r.InsertId, Time(r.Start), Time(r.End), r.Method, r.Path, Number(r.Status), r.Revision.Revision, r.TraceId ?? "", r.Rule.ToString(),
                row.After?.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) ?? "", row.Event is null ? "" : Clock(row));
        }

        foreach (var extra in report.Extra)
        {
            Csv(target, extra.Event, extra.HasTrace ? "no-request" : "no-trace", "", "", "", "", "", "", "", extra.Event.TraceId ?? "", "", "", "");
        }
    }

    private static void Csv(
        TextWriter target, EventFact? fact, string state, string request, string start, string end, string method, string path, string status, string revision,
        string trace, string rule, string after, string clock)
    {
        // A number that we wrote needs no guard, though it may begin with a minus.
        string[] fields =
        [
            state, Field(request), start, end, Field(method), Field(path), status, Field(revision), trace, Field(rule),
            Field(fact?.Workspace ?? ""), Field(fact?.Id ?? ""), Field(fact?.Action ?? ""), fact is null ? "" : Outcome(fact), fact is null ? "" : Time(fact.Time),
            fact is null ? "" : Time(fact.RecordedAt), after, clock, fact?.Index?.ToString(CultureInfo.InvariantCulture) ?? "",
        ];
        target.Write(string.Join(',', fields) + "\r\n");
    }

    private static void Line(Stream target, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(target, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        target.Write("\n"u8);
    }

    private static void WriteCheck(Utf8JsonWriter json, CompletenessReport report)
    {
        json.WriteString("type", "check");
        json.WriteString("project", report.Service.Project);
        json.WriteString("location", report.Service.Location);
        json.WriteString("service", report.Service.Service);
        json.WriteString("from", Time(report.From));
        json.WriteString("to", Time(report.To));
        json.WriteString("asOf", Time(report.AsOf));
        json.WritePropertyName("rules");
        json.WriteRawValue(report.Rules.ToJson());
        json.WriteNumber("toleranceSeconds", report.Options.Tolerance.TotalSeconds);
        json.WriteNumber("graceSeconds", report.Options.Grace.TotalSeconds);
        json.WriteNumber("requests", report.Requests);
        foreach (var state in CompletenessWords.All)
        {
            json.WriteNumber(state.Word(), report.Count(state));
        }

        json.WriteNumber("eventsWithoutRequest", report.Extra.Count);
        json.WriteString("sentence", CompletenessSentence.Of(report));
        json.WriteStartArray("revisions");
        foreach (var revision in report.Revisions)
        {
            json.WriteStartObject();
            json.WriteString("revision", revision.Revision);
            json.WriteNumber("required", revision.Required);
            json.WriteNumber("late", revision.Late);
            json.WriteNumber("missing", revision.Missing);
            json.WriteString("verdict", revision.Background is { } background ? BackgroundActivity.VerdictWords.Word(background.Verdict) : null);
            json.WriteString("because", revision.Background?.VerdictReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, CompletenessRow row)
    {
        var request = row.Request;
        json.WriteString("type", "request");
        json.WriteString("state", row.State.Word());
        json.WriteString("request", request.InsertId);
        json.WriteString("start", Time(request.Start));
        json.WriteString("responseAt", Time(request.End));
        json.WriteString("method", request.Method);
        json.WriteString("path", request.Path);
        json.WriteNumber("status", request.Status);
        json.WriteString("revision", request.Revision.Revision);
        json.WriteString("traceId", request.TraceId);
        json.WriteString("rule", request.Rule.ToString());
        if (row.Event is { } fact)
        {
            WriteEvent(json, fact);
            json.WriteNumber("afterResponseSeconds", row.After!.Value.TotalSeconds);
            json.WriteString("decidedBy", Clock(row));
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, EventFact fact)
    {
        json.WriteStartObject("event");
        json.WriteString("workspace", fact.Workspace);
        json.WriteString("id", fact.Id);
        json.WriteString("action", fact.Action);
        json.WriteString("outcome", Outcome(fact));
        json.WriteString("time", Time(fact.Time));
        json.WriteString("recordedAt", Time(fact.RecordedAt));
        json.WriteString("traceId", fact.TraceId);
        if (fact.Index is { } index)
        {
            json.WriteNumber("leafIndex", index);
        }

        json.WriteEndObject();
    }

    private static string Clock(CompletenessRow row) => row.BySourceClock ? "source" : "recorded";

    private static string Outcome(EventFact fact) => fact.Outcome.ToString().ToLowerInvariant();

    private static string Field(string value) => CsvText.Field(value);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
