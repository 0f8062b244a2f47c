using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Core.Csv;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>
/// Statements as files and in events. NDJSON: one line for each row, with the properties of <see cref="StatementRow"/> in camelCase;
/// the SHA-256 of these lines is the statement's digest. A statement with very many rows goes into several events.
/// </summary>
public static class StatementJson
{
    /// <summary>Rows of one event: an event may have 256 KiB.</summary>
    public const int RowsOfOneEvent = 150;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly string[] Columns =
    [
        "verdict", "at", "kind", "location", "name", "what", "revision", "generation", "byCloudRun", "byGooglesLog", "client", "byThisTrail", "reason", "workspace", "eventId",
        "operation", "googleEntries", "note",
    ];

    /// <summary>SHA-256 of <see cref="WriteNdjson"/>, in lower-case hex.</summary>
    public static string Digest(IReadOnlyList<StatementRow> rows)
    {
        using var file = new MemoryStream();
        WriteNdjson(rows, file);
        return Convert.ToHexStringLower(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)));
    }

    /// <summary>One JSON object a line.</summary>
    public static void WriteNdjson(IReadOnlyList<StatementRow> rows, Stream target)
    {
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(target, row, Options);
            target.Write("\n"u8);
        }
    }

    /// <summary>RFC 4180 with a head line.</summary>
    public static void WriteCsv(IReadOnlyList<StatementRow> rows, TextWriter target)
    {
        target.Write(CsvText.Line(Columns));
        foreach (var row in rows)
        {
            target.Write(CsvText.Line(
                row.Verdict.Word(), row.At.UtcDateTime.ToString("O"), row.Collection, row.Location, row.Id, row.What, row.Revision,
                row.Generation == 0 ? "" : row.Generation.ToString(System.Globalization.CultureInfo.InvariantCulture), row.CloudBy, row.GoogleBy, row.GoogleClient, row.LedgerBy,
                row.Reason, row.Workspace, row.EventId, row.Operation, string.Join(' ', row.GoogleEntries), row.Note));
        }
    }

    /// <summary>The details of the events that seal a statement, in order; at least one.</summary>
    public static IReadOnlyList<JsonElement> Details(Statement statement)
    {
        var chunks = statement.Rows.Chunk(RowsOfOneEvent).DefaultIfEmpty([]).ToList();
        var digest = Digest(statement.Rows);
        return
        [
            .. chunks.Select((rows, i) => JsonSerializer.SerializeToElement(
                new StatementDetails
                {
                    Statement = statement.Id,
                    Project = statement.Project,
                    From = statement.From,
                    To = statement.To,
                    MadeAt = statement.MadeAt,
                    Sentence = StatementSentence.Of(statement),
                    Counts = StatementWords.All.ToDictionary(static v => v.Word(), statement.Count, StringComparer.Ordinal),
                    Notes = statement.Notes,
                    Sha256 = digest,
                    Part = i + 1,
                    Parts = chunks.Count,
                    Rows = rows,
                },
                Options)),
        ];
    }

    /// <summary>Reads details; null when they are none.</summary>
    public static StatementDetails? Read(JsonElement? details)
    {
        try
        {
            return details is { ValueKind: JsonValueKind.Object } json ? json.Deserialize<StatementDetails>(Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
