using System.Globalization;
using System.Text;
using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Web.Commands.Correlate;

/// <summary>Prints <c>--format table</c>: what a person wants to know, in words.</summary>
internal static class CorrelateTable
{
    // Enough to act on; --classified has everything.
    private const int FindingsShown = 20;
    private const int SkippedShown = 5;
    private const int InstancesShown = 5;

    private static readonly string[] RevisionHeadings =
        ["SERVICE", "REVISION", "LOCATION", "REQUESTS", "LATE", "LATE LINES", "RESUMED", "IDLE LINES", "UNDECIDED", "P95 TAIL", "MAX TAIL", "VERDICT"];

    private static readonly string[] ClassHeadings = ["CLASS", "LINES"];
    private static readonly string[] FindingHeadings = ["KIND", "REVISION", "FINDING", "LINES", "REQUESTS", "P50 TAIL", "MAX TAIL"];

    public static void Write(Analysis analysis, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };
        WriteInput(writer, analysis);
        WriteRevisions(writer, analysis);
        WriteClasses(writer, analysis);
        WriteFindings(writer, analysis);
    }

    private static void WriteInput(StreamWriter writer, Analysis analysis)
    {
        var input = analysis.Table.Input;
        writer.WriteLine(Text($"{input.Entries:N0} entries in {input.Files:N0} {(input.Files == 1 ? "file" : "files")} ({input.Bytes / 1e6:N1} MB), {analysis.Table.Requests.Count:N0} requests."));
        writer.WriteLine(Text($"Request timestamps are the {analysis.RequestTimestamp.Word()}. Tolerance {analysis.Tolerance.Min:0.#} to {analysis.Tolerance.Max:0.#} ms (median {analysis.Tolerance.Median:0.#})."));
        writer.WriteLine(analysis.ToleranceRule);
        if (analysis.InstancesWithoutRequests.Length > 0)
        {
            writer.WriteLine(Text($"{analysis.InstancesWithoutRequests.Length:N0} {(analysis.InstancesWithoutRequests.Length == 1 ? "instance has" : "instances have")} no request entry in the input: nothing can be said of their lines."));
            foreach (var instance in analysis.InstancesWithoutRequests.Take(InstancesShown))
            {
                writer.WriteLine($"  {analysis.Table.Instances[instance]}");
            }

            if (analysis.InstancesWithoutRequests.Length > InstancesShown)
            {
                writer.WriteLine(Text($"  … and {analysis.InstancesWithoutRequests.Length - InstancesShown:N0} more."));
            }
        }

        foreach (var remark in InputRemarks.Of(analysis))
        {
            writer.WriteLine(remark);
        }

        if (input.SkippedCount > 0)
        {
            writer.WriteLine(Text($"{input.SkippedCount:N0} pieces of the input were skipped:"));
            foreach (var skipped in input.Skipped.Take(SkippedShown))
            {
                writer.WriteLine(Text($"  {skipped.File}:{skipped.Line}: {skipped.Reason}"));
            }
        }

        writer.WriteLine();
    }

    private static void WriteRevisions(StreamWriter writer, Analysis analysis)
    {
        var rows = new List<string[]> { RevisionHeadings };
        foreach (var r in analysis.Revisions)
        {
            rows.Add(
            [
                r.Key.Service, r.Key.Revision, r.Key.Location, Count(r.Requests), Count(r.RequestsWithAfterResponse), Count(r.AfterResponseEntries),
                Count(r.ResumedEntries), Count(r.IdleInstanceEntries), Count(r.UnattributedEntries), Seconds(r.P95TailSeconds), Seconds(r.MaxTailSeconds),
                r.Verdict.Word(),
            ]);
        }

        WriteAligned(writer, rows, leftColumns: 3);
        writer.WriteLine();
        foreach (var r in analysis.Revisions)
        {
            writer.WriteLine($"{(r.Key.Revision.Length > 0 ? r.Key.Revision : r.Key.Service)}: {r.VerdictReason}");
        }

        writer.WriteLine();
    }

    private static void WriteClasses(StreamWriter writer, Analysis analysis)
    {
        var rows = new List<string[]> { ClassHeadings };
        foreach (var entryClass in EntryClasses.All)
        {
            rows.Add([entryClass.Word(), Count(analysis.ClassCounts[(int)entryClass])]);
        }

        WriteAligned(writer, rows, leftColumns: 1);
    }

    private static void WriteFindings(StreamWriter writer, Analysis analysis)
    {
        if (analysis.Findings.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        var rows = new List<string[]> { FindingHeadings };
        foreach (var f in analysis.Findings.Take(FindingsShown))
        {
            rows.Add([Word(f.Kind), f.Revision.Revision, Short(f.Template), Count(f.Entries), Count(f.Requests), Seconds(f.P50TailSeconds), Seconds(f.MaxTailSeconds)]);
        }

        WriteAligned(writer, rows, leftColumns: 3);
        if (analysis.Findings.Count > FindingsShown)
        {
            writer.WriteLine(Text($"… and {analysis.Findings.Count - FindingsShown:N0} more."));
        }
    }

    private static void WriteAligned(StreamWriter writer, List<string[]> rows, int leftColumns)
    {
        var widths = new int[rows[0].Length];
        foreach (var row in rows)
        {
            for (var c = 0; c < row.Length; c++)
            {
                widths[c] = Math.Max(widths[c], row[c].Length);
            }
        }

        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var c = 0; c < row.Length; c++)
            {
                line.Append(c == 0 ? "" : "  ").Append(c < leftColumns ? row[c].PadRight(widths[c]) : row[c].PadLeft(widths[c]));
            }

            writer.WriteLine(line.ToString().TrimEnd());
        }
    }

    private static string Word(FindingKind kind) => kind switch
    {
        FindingKind.AfterResponse => "after response",
        FindingKind.IdleInstance => "idle instance",
        FindingKind.Periodic => "periodic",
        _ => "held open",
    };

    private static string Short(string template)
    {
        // Log texts may hold colour codes and line breaks: neither belongs on somebody's terminal.
        var clean = string.Concat(template.Where(c => !char.IsControl(c)));
        return clean.Length <= 80 ? clean : clean[..79] + "…";
    }

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(double? value) => value is { } s ? Text($"{s:0.###} s") : "–";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
