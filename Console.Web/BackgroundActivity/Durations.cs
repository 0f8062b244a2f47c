using System.Globalization;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Times and lengths of time in words, always with their unit.</summary>
public static class Durations
{
    /// <summary>For example <c>80 ms</c>, <c>12.4 s</c>, <c>4 min 12 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Text(double seconds)
    {
        var magnitude = Math.Abs(seconds);
        var text = magnitude switch
        {
            0 => "0 s",
            < 0.0005 => "under 1 ms",
            < 0.9995 => Number($"{magnitude * 1000:0} ms"),
            < 59.95 => Number($"{magnitude:0.0} s"),
            < 3599.5 => Parts(magnitude, 60, "min", 1, "s"),
            < 86_400 => Parts(magnitude, 3600, "h", 60, "min"),
            _ => Parts(magnitude, 86_400, "d", 3600, "h"),
        };
        return seconds < 0 ? "−" + text : text;
    }

    /// <summary>The same, or a dash when there is none.</summary>
    public static string Text(double? seconds) => seconds is { } known ? Text(known) : "–";

    /// <summary>Offset from a request's start in seconds with three decimals: <c>+12.400 s</c>.</summary>
    public static string Offset(double seconds) => Number($"{(seconds < 0 ? "−" : "+")}{Math.Abs(seconds):#,0.000} s");

    /// <summary>Exact time in UTC with milliseconds: <c>2026-11-22 14:03:05.123 UTC</c>.</summary>
    public static string Utc(long unixNanoseconds) =>
        At(unixNanoseconds).ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Time of day in UTC with milliseconds: <c>14:03:05.123</c>.</summary>
    public static string TimeOfDay(long unixNanoseconds) =>
        At(unixNanoseconds).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The instant, to 100 ns.</summary>
    public static DateTimeOffset At(long unixNanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(unixNanoseconds / 100);

    /// <summary>A count with thousands separators.</summary>
    public static string Count(long count) => Number($"{count:#,0}");

    /// <summary>A share of a whole: <c>12.4 %</c>, <c>under 0.1 %</c>, or a dash without a whole.</summary>
    public static string Share(long part, long whole)
    {
        if (whole == 0)
        {
            return "–";
        }

        var percent = 100.0 * part / whole;
        return part > 0 && percent < 0.05 ? "under 0.1 %" : Number($"{percent:0.#} %");
    }

    /// <summary><c>1 line</c>, <c>3 lines</c>.</summary>
    public static string Plural(long count, string one, string many) => Count(count) + " " + (count == 1 ? one : many);

    private static string Parts(double seconds, int big, string bigUnit, int small, string smallUnit)
    {
        var whole = (long)Math.Round(seconds / small) * small;
        var rest = whole % big / small;
        return rest == 0 ? Number($"{whole / big} {bigUnit}") : Number($"{whole / big} {bigUnit} {rest} {smallUnit}");
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
