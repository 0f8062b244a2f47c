using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Times and shares as tables and pictures write them, always with their unit.</summary>
public static class Durations
{
    /// <summary>A length of time in words, or a dash when there is none.</summary>
    public static string Text(double? seconds) => seconds is { } known ? Words.Duration(known) : "–";

    /// <summary>Time since a request's start in seconds with three decimals: <c>+12.400 s</c>.</summary>
    public static string Offset(TimeSpan since)
    {
        var seconds = since.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{(seconds < 0 ? "−" : "+")}{Math.Abs(seconds):#,0.000} s");
    }

    /// <summary>Date and minute in UTC: <c>2026-11-22 14:03</c>.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Time of day in UTC with milliseconds: <c>14:03:05.123</c>.</summary>
    public static string TimeOfDay(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A share of a whole: <c>12.4 %</c>, <c>under 0.1 %</c>, or a dash without a whole.</summary>
    public static string Share(long part, long whole)
    {
        if (whole == 0)
        {
            return "–";
        }

        var percent = 100.0 * part / whole;
        return part > 0 && percent < 0.05 ? "under 0.1 %" : percent.ToString("0.#", CultureInfo.InvariantCulture) + " %";
    }
}
