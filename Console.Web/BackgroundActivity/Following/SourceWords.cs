using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.Following;

/// <summary>What sources do, in words.</summary>
public static class SourceWords
{
    /// <summary>How far reading is: what, how much, how long still.</summary>
    public static string Progress(IAnalysisSource source)
    {
        var progress = source.Progress;
        var parts = new List<string> { progress.Doing.Length > 0 ? progress.Doing.TrimEnd('.') : source.State == SourceState.Waiting ? "Not begun yet" : "Reading" };
        if (progress.Fraction is { } fraction)
        {
            parts.Add(fraction.ToString("0 %", CultureInfo.InvariantCulture));
        }

        if (progress.Entries > 0)
        {
            parts.Add(Words.Count(progress.Entries, "entry", "entries"));
        }

        if (progress.Calls > 0)
        {
            parts.Add(Words.Count(progress.Calls, "call", "calls"));
        }

        if (progress.BytesTotal > 0)
        {
            parts.Add($"{Words.Bytes(progress.BytesRead)} of {Words.Bytes(progress.BytesTotal)}");
        }

        if (progress.Remaining is { } remaining)
        {
            parts.Add($"about {Words.Duration(remaining.TotalSeconds)} left");
        }

        return string.Join(", ", parts) + ".";
    }

    /// <summary>The status line: the extent, when it was last read, the quota, and what waits while paused.</summary>
    public static string Status(IReadOnlyList<SourceFollower> followers, IReadOnlyList<LogQuota> quotas, TimeZoneInfo zone)
    {
        var parts = new List<string>();
        var from = followers.Min(f => f.Source.From);
        var to = followers.Max(f => f.Source.To);
        if (from is { } first && to is { } last)
        {
            parts.Add($"{TimeText.Exact(first, zone)} to {TimeText.Exact(last, zone)}");
        }

        if (quotas.Count > 0)
        {
            parts.Add($"{quotas.Max(q => q.UsedInLastMinute)} of {quotas[0].PerMinute} calls used in the last minute");
        }

        if (followers.Select(f => f.PausedAt).FirstOrDefault(at => at is not null) is { } paused)
        {
            parts.Add($"paused {TimeZoneInfo.ConvertTime(paused, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}, {Durations.Count(followers.Sum(f => f.New))} new");
        }

        return string.Join(" · ", parts);
    }
}
