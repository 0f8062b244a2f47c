using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>The trend in words.</summary>
public static class TrendSentence
{
    /// <summary>Totals, length of a bar, and when most work went on.</summary>
    public static string Of(IReadOnlyList<TrendBar> points, TimeSpan step)
    {
        if (points.Count == 0)
        {
            return "There is nothing in this window.";
        }

        var late = points.Sum(point => (long)point.RequestsWithAfterResponse);
        var text = $"{Words.Count(points.Sum(point => (long)point.Requests), "request", "requests")}, {Durations.Count(late)} of them with work after the response; "
            + $"each bar is {Length(step)}.";
        if (late == 0)
        {
            return text;
        }

        var most = points.MaxBy(point => point.RequestsWithAfterResponse);
        return $"{text} Most in one bar: {Durations.Count(most.RequestsWithAfterResponse)}, from {Durations.Minute(most.From)} UTC.";
    }

    /// <summary>One bar.</summary>
    public static string OfPoint(TrendBar point) =>
        $"{Durations.Minute(point.From)} UTC: {Words.Count(point.Requests, "request", "requests")}, "
        + $"{Durations.Count(point.RequestsWithAfterResponse)} with work after the response, {Words.Count(point.IdleLines, "line", "lines")} while no request ran";

    private static string Length(TimeSpan step) => step switch
    {
        { TotalDays: >= 1 } => Words.Count((long)step.TotalDays, "day", "days"),
        { TotalHours: >= 1 } => Words.Count((long)step.TotalHours, "hour", "hours"),
        { TotalMinutes: >= 1 } => Words.Count((long)step.TotalMinutes, "minute", "minutes"),
        _ => Words.Count((long)step.TotalSeconds, "second", "seconds"),
    };
}
