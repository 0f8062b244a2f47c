using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Open;

/// <summary>The cost of a window in words.</summary>
public static class EstimateWords
{
    /// <summary>Entries, calls, minutes, disk: what reading takes of everybody's quota.</summary>
    public static string Of(WindowEstimate estimate)
    {
        var about = estimate.Exact ? "" : "about ";
        return estimate.Entries == 0 && estimate.Exact
            ? "There is no entry of a Cloud Run service in this window."
            : $"{about}{Words.Count(estimate.Entries, "entry", "entries")}: {about}{Words.Count(estimate.Calls, "call", "calls")} of entries:list and "
                + $"{Time(estimate.Duration)} at {Durations.Count(estimate.PerMinute)} calls a minute, which all readers of the project share "
                + $"({Durations.Count(estimate.CallsLeft)} left in this minute). {about}{Words.Bytes(estimate.Bytes)} on the console's disk.";
    }

    private static string Time(TimeSpan duration) => duration < TimeSpan.FromSeconds(1) ? "under a second" : Words.Duration(duration.TotalSeconds);
}
