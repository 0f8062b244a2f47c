using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What a statement says, in words that need no table.</summary>
public static class StatementSentence
{
    /// <summary><c>Of 14 changes in acme-prod on 21 November 2026 (UTC), 9 are explained, 5 were made outside the console (deploy-bot@… 4, …).</c></summary>
    public static string Of(Statement statement)
    {
        if (statement.Rows.Count == 0)
        {
            return $"No service and no worker pool of {statement.Project} was changed {When(statement)}.";
        }

        List<string> parts = [];
        foreach (var verdict in StatementWords.All.Reverse())
        {
            if (statement.Count(verdict) is > 0 and var count)
            {
                parts.Add($"{Number(count)} {Verb(verdict, count)}{(verdict == StatementVerdict.Outside ? By(statement) : "")}");
            }
        }

        return $"Of {Words.Count(statement.Rows.Count, "change", "changes")} in {statement.Project} {When(statement)}, {string.Join(", ", parts)}.";
    }

    /// <summary><c>on 21 November 2026 (UTC)</c>, or from when to when.</summary>
    public static string When(Statement statement) =>
        statement.From.UtcDateTime.TimeOfDay == TimeSpan.Zero && statement.To == statement.From.AddDays(1)
            ? string.Create(CultureInfo.InvariantCulture, $"on {statement.From.UtcDateTime:d MMMM yyyy} (UTC)")
            : string.Create(CultureInfo.InvariantCulture, $"from {statement.From.UtcDateTime:yyyy-MM-dd HH:mm} to {statement.To.UtcDateTime:yyyy-MM-dd HH:mm} (UTC)");

    private static string Verb(StatementVerdict verdict, int count) => verdict switch
    {
        StatementVerdict.Explained => count == 1 ? "is explained" : "are explained",
        StatementVerdict.Unsettled => count == 1 ? "is not settled yet" : "are not settled yet",
        StatementVerdict.Outside => count == 1 ? "was made outside the console" : "were made outside the console",
        StatementVerdict.NotInGoogle => count == 1 ? "is claimed here and not in Google's log" : "are claimed here and not in Google's log",
        StatementVerdict.Unexplained => count == 1 ? "is in neither log" : "are in neither log",
        _ => count == 1 ? "is in Google's log and missing here" : "are in Google's log and missing here",
    };

    private static string By(Statement statement)
    {
        var people = statement.Rows.Where(static r => r.Verdict == StatementVerdict.Outside).GroupBy(static r => r.GoogleBy, StringComparer.Ordinal)
            .OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal).ToList();
        var named = people.Take(3).Select(static g => $"{(g.Key.Length == 0 ? "nobody named" : g.Key)} {Number(g.Count())}");
        return $" ({string.Join(", ", named)}{(people.Count > 3 ? $", {Number(people.Count - 3)} others" : "")})";
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
