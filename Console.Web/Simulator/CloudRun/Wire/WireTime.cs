using System.Globalization;

namespace OpsConsole.Web.Simulator.CloudRun.Wire;

/// <summary>Times and durations as protobuf's JSON mapping spells them.</summary>
internal static class WireTime
{
    /// <summary>RFC 3339 with 0, 3 or 6 digits: <c>2025-06-13T21:23:05.883496Z</c>.</summary>
    public static string Timestamp(DateTimeOffset time)
    {
        var microseconds = time.UtcTicks / TimeSpan.TicksPerMicrosecond % 1_000_000;
        var format = microseconds == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'"
            : microseconds % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"
            : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }

    public static bool TryTimestamp(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>Reads <c>300s</c> or <c>0.5s</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (!text.EndsWith('s')
            || !decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds) > 315_576_000_000m)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
