using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>Prints <c>--format json</c>: a fixed interface, so that scripts may rely on each name.</summary>
internal static class CorrelateJson
{
    public static void Write(Analysis analysis, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            WriteInput(json, analysis);
            json.WriteStartArray("revisions");
            foreach (var revision in analysis.Revisions)
            {
                WriteRevision(json, revision);
            }

            json.WriteEndArray();
            json.WriteStartObject("classes");
            foreach (var entryClass in EntryClasses.All)
            {
                json.WriteNumber(entryClass.Word(), analysis.ClassCounts[(int)entryClass]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteInput(Utf8JsonWriter json, Analysis analysis)
    {
        var input = analysis.Table.Input;
        json.WriteStartObject("input");
        json.WriteNumber("files", input.Files);
        json.WriteNumber("bytes", input.Bytes);
        json.WriteNumber("entries", input.Entries);
        json.WriteNumber("requests", analysis.Table.Requests.Count);
        json.WriteStartArray("skippedLines");
        foreach (var skipped in input.Skipped)
        {
            WriteSkipped(json, skipped);
        }

        if (input.SkippedCount > input.Skipped.Count)
        {
            WriteSkipped(json, new SkippedLine("", 0, string.Create(CultureInfo.InvariantCulture, $"and {input.SkippedCount - input.Skipped.Count} more pieces that are not listed")));
        }

        json.WriteEndArray();
        json.WriteString("requestTimestamp", analysis.RequestTimestamp.Word());
        json.WriteStartObject("toleranceMs");
        json.WriteNumber("min", analysis.Tolerance.Min);
        json.WriteNumber("median", analysis.Tolerance.Median);
        json.WriteNumber("max", analysis.Tolerance.Max);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSkipped(Utf8JsonWriter json, SkippedLine skipped)
    {
        json.WriteStartObject();
        json.WriteString("file", skipped.File);
        json.WriteNumber("line", skipped.Line);
        json.WriteString("reason", skipped.Reason);
        json.WriteEndObject();
    }

    private static void WriteRevision(Utf8JsonWriter json, RevisionSummary revision)
    {
        json.WriteStartObject();
        json.WriteString("project", revision.Key.Project);
        json.WriteString("location", revision.Key.Location);
        json.WriteString("service", revision.Key.Service);
        json.WriteString("revision", revision.Key.Revision);
        json.WriteNumber("requests", revision.Requests);
        json.WriteNumber("requestsWithAfterResponse", revision.RequestsWithAfterResponse);
        json.WriteNumber("afterResponseEntries", revision.AfterResponseEntries);
        json.WriteNumber("resumedEntries", revision.ResumedEntries);
        json.WriteNumber("idleInstanceEntries", revision.IdleInstanceEntries);
        json.WriteNumber("unattributedEntries", revision.UnattributedEntries);
        WriteSeconds(json, "maxTailSeconds", revision.MaxTailSeconds);
        WriteSeconds(json, "p95TailSeconds", revision.P95TailSeconds);
        json.WriteString("verdict", revision.Verdict.Word());
        json.WriteEndObject();
    }

    private static void WriteSeconds(Utf8JsonWriter json, string name, double? seconds)
    {
        if (seconds is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
