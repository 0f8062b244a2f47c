using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>A verification in the terminal: one line that says it all, then the problems, then what was verified and what was not.</summary>
internal static class VerifyLogText
{
    private const int Column = 15;

    /// <summary>For people and for the mail of cron.</summary>
    public static string Table(VerifyReport report, IReadOnlyList<string> remarks)
    {
        var text = new StringBuilder();
        text.Append(report.IsGood ? "VERIFIED  " : "PROBLEMS  ").Append(VerifyWords.Verdict(report)).Append('\n');
        foreach (var problem in report.Problems)
        {
            text.Append('\n').Append(Where(problem)).Append("  ").Append(VerifyWords.Label(problem.Kind)).Append('\n');
            Line("", problem.Sentence);
            Line("event", problem.EventId is null ? null : $"{problem.EventId} of {problem.Workspace}");
            Line("expected", problem.Expected);
            Line("found", problem.Found);
            Line("last good", problem.LastGoodCheckpoint is { } good ? $"checkpoint of {N(good)} leaves" : "no checkpoint before it is good");
        }

        if (report.ProblemCount > report.Problems.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n… and {N(report.ProblemCount - report.Problems.Count)} more.\n");
        }

        text.Append('\n');
        Line("store", report.Store);
        Line("as of", $"{report.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, in {report.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s");
        Line("log", $"{N(report.TreeSize)} leaves; {VerifyWords.UpTo(report)}");
        Line("root", report.LastGoodRoot);
        Lines("verified", report.Verified);
        Lines("not verified", report.NotVerified);
        Lines("notes", report.Notes);
        Lines("remarks", remarks);
        return text.ToString();

        void Lines(string name, IReadOnlyList<string> values)
        {
            for (var i = 0; i < values.Count; i++)
            {
                Line(i == 0 ? name : "", values[i]);
            }
        }

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                // A changed note has lines of its own.
                text.Append("  ").Append(name.PadRight(Column)).Append(value.TrimEnd('\n').Replace("\n", $"\n{new string(' ', Column + 2)}", StringComparison.Ordinal)).Append('\n');
            }
        }
    }

    /// <summary>For programs: the report, with the summary line and the remarks.</summary>
    public static string Json(VerifyReport report, IReadOnlyList<string> remarks)
    {
        var node = JsonSerializer.SerializeToNode(report, VerifyWords.Json)!.AsObject();
        node.Insert(0, "summary", VerifyWords.Verdict(report));
        node.Insert(0, "outcome", report.IsGood ? "verified" : "problems");
        node.Add("remarks", new JsonArray([.. remarks.Select(static r => (JsonNode)r)]));
        return node.ToJsonString(VerifyWords.Json) + "\n";
    }

    private static string Where(VerifyProblem problem) =>
        problem.Index is not { } index ? "the log"
        : problem.LastIndex is { } last && last != index ? $"indices {N(index)} to {N(last)}"
        : $"index {N(index)}";

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
