using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>What a report says, in words that need no table.</summary>
public static class CompletenessSentence
{
    /// <summary><c>Of 312 requests that must leave an audit event, 290 left one in time, 19 late (up to 41 s), 3 none.</c> And what limits it.</summary>
    public static string Of(CompletenessReport report)
    {
        var decided = report.Rows.Count - report.Count(CompletenessState.Undecidable) - report.Count(CompletenessState.NotDue);
        var sentences = new List<string> { decided == 0 ? Nothing(report) : Counts(report, decided) };
        if (report.Count(CompletenessState.Undecidable) is > 0 and var undecidable)
        {
            sentences.Add($"{More(undecidable, decided)} no trace id, so no event can be tied to {(undecidable == 1 ? "it" : "them")}: nothing can be said of {(undecidable == 1 ? "it" : "them")}.");
        }

        if (report.Count(CompletenessState.NotDue) is > 0 and var notDue)
        {
            sentences.Add($"{Number(notDue)} ended less than {Words.Duration(report.Options.Grace.TotalSeconds)} before the check and {(notDue == 1 ? "has" : "have")} no event yet.");
        }

        if (report.BySourceClock is > 0 and var own)
        {
            sentences.Add(report.Rules.Clock == CompletenessClock.Source
                ? "All are judged by the source's own clock, as set for this service."
                : $"{Number(own)} {(own == 1 ? "is" : "are")} judged by the source's own clock, because the {(own == 1 ? "event was" : "events were")} delivered in bulk afterwards.");
        }

        if (report.Extra.Count > 0)
        {
            sentences.Add($"{Words.Count(report.Extra.Count, "event belongs", "events belong")} to no request of these logs.");
        }

        return string.Join(' ', sentences);
    }

    private static string Counts(CompletenessReport report, int decided)
    {
        var late = report.Count(CompletenessState.Late);
        var latest = report.Latest is { } time ? $" (up to {Words.Duration(time.TotalSeconds)})" : "";
        return $"Of {Words.Count(decided, "request", "requests")} that must leave an audit event, {Number(report.Count(CompletenessState.InTime))} left one in time, "
            + $"{Number(late)} late{latest}, {Number(report.Count(CompletenessState.Missing))} none.";
    }

    private static string Nothing(CompletenessReport report) =>
        report.Rows.Count > 0 ? "Nothing can be decided yet."
        : report.Requests == 0 ? "These logs hold no request of this service in the window."
        : $"None of the {Words.Count(report.Requests, "request", "requests")} in the window must leave an audit event by these rules.";

    private static string More(int count, int decided) =>
        $"{Number(count)}{(decided > 0 ? " more" : "")} {(count == 1 ? "request carries" : "requests carry")}";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
