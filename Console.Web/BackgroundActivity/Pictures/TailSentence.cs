using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>The histogram of tails in words.</summary>
public static class TailSentence
{
    /// <summary>Median, 95th percentile and longest, over how many requests.</summary>
    public static string Of(int requests, double? p50Seconds, double? p95Seconds, double? maxSeconds)
    {
        if (requests == 0)
        {
            return "No request had work after its response.";
        }

        var text = $"Work after the response of {Words.Count(requests, "request", "requests")}: ";
        return p50Seconds is null || p95Seconds is null
            ? text + $"the longest {Durations.Text(maxSeconds)}."
            : text + $"half of them up to {Durations.Text(p50Seconds)}, 95 % up to {Durations.Text(p95Seconds)}, the longest {Durations.Text(maxSeconds)}.";
    }

    /// <summary>The range of a bar: <c>1 s to 2 s</c>, or <c>over 5000 s</c> for the open one.</summary>
    public static string Range(TailBucket bucket) => double.IsInfinity(bucket.ToSeconds)
        ? $"over {Edge(bucket.FromSeconds)}"
        : $"{Edge(bucket.FromSeconds)} to {Edge(bucket.ToSeconds)}";

    /// <summary>An edge as a bare number of seconds, for the axis.</summary>
    public static string Number(double seconds) => seconds.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>An edge of a bar in words.</summary>
    public static string Edge(double seconds) => seconds switch
    {
        0 => "0",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
    };
}
