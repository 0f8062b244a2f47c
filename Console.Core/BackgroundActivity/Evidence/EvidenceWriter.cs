using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpsConsole.Core.Csv;

namespace OpsConsole.Core.BackgroundActivity.Evidence;

/// <summary>Writes classified entries for people who must show them to others, as a stream: a million lines need no memory.</summary>
public static class EvidenceWriter
{
    private const int FlushBytes = 64 * 1024;

    private static readonly string[] Columns =
    [
        "insertId", "timestamp", "class", "basis", "request", "tailSeconds", "probableRequest", "revision", "instance", "severity", "text",
    ];

    // The file is not HTML: only what JSON itself needs is escaped, so that texts stay readable.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the lines in the order given.</summary>
    /// <exception cref="IOException">The source or the target failed on the way; what was written is incomplete.</exception>
    public static async Task WriteAsync(Analysis analysis, IReadOnlyList<int> lines, EvidenceFormat format, PipeWriter target, CancellationToken cancellationToken)
    {
        if (format == EvidenceFormat.Csv)
        {
            Encoding.UTF8.GetBytes(string.Join(',', Columns) + "\r\n", target);
        }

        Utf8JsonWriter? json = null;
        foreach (var line in lines)
        {
            var row = EvidenceRow.Of(analysis, line);
            if (format == EvidenceFormat.Csv)
            {
                Encoding.UTF8.GetBytes(CsvLine(row), target);
            }
            else
            {
                json ??= new Utf8JsonWriter(target, Json);
                WriteJson(json, row);
                json.Flush();
                json.Reset();
                target.Write("\n"u8);
            }

            if (target.UnflushedBytes >= FlushBytes)
            {
                var flushed = await target.FlushAsync(cancellationToken);
                if (flushed.IsCompleted)
                {
                    // Nobody reads any more.
                    break;
                }
            }
        }

        if (json is not null)
        {
            await json.DisposeAsync();
        }

        await target.FlushAsync(cancellationToken);
    }

    private static string CsvLine(EvidenceRow row)
    {
        // A tail is a number that we wrote, never below zero: it needs no guard.
        string[] fields =
        [
            CsvText.Field(row.InsertId), row.Timestamp, row.Class, row.Basis, CsvText.Field(row.Request ?? ""),
            row.TailSeconds?.ToString("0.#########", CultureInfo.InvariantCulture) ?? "",
            CsvText.Field(row.ProbableRequest ?? ""), CsvText.Field(row.Revision), CsvText.Field(row.Instance ?? ""), row.Severity, CsvText.Field(row.Text),
        ];
        return string.Join(',', fields) + "\r\n";
    }

    private static void WriteJson(Utf8JsonWriter json, EvidenceRow row)
    {
        json.WriteStartObject();
        json.WriteString("insertId", row.InsertId);
        json.WriteString("timestamp", row.Timestamp);
        json.WriteString("class", row.Class);
        json.WriteString("basis", row.Basis);
        json.WriteString("request", row.Request);
        if (row.TailSeconds is { } tail)
        {
            json.WriteNumber("tailSeconds", tail);
        }
        else
        {
            json.WriteNull("tailSeconds");
        }

        json.WriteString("probableRequest", row.ProbableRequest);
        json.WriteString("revision", row.Revision);
        json.WriteString("instance", row.Instance);
        json.WriteString("severity", row.Severity);
        json.WriteString("text", row.Text);
        json.WriteEndObject();
    }
}
