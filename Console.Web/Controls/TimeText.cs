using System.Globalization;

namespace OpsConsole.Web.Controls;

/// <summary>Times in words. Whatever is written says its zone, or is relative and has the exact UTC beside it.</summary>
public static class TimeText
{
    /// <summary>For example <c>2026-11-22 08:50:11 UTC</c> or <c>2026-11-22 09:50:11 +01:00</c>.</summary>
    public static string Exact(DateTimeOffset value, TimeZoneInfo zone) => zone.Equals(TimeZoneInfo.Utc)
        ? value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(value, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>Exact with milliseconds, for log lines and requests.</summary>
    public static string ExactMilliseconds(DateTimeOffset value, TimeZoneInfo zone) => zone.Equals(TimeZoneInfo.Utc)
        ? value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(value, zone).ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);

    /// <summary>For example <c>5 min ago</c>; <c>in 5 min</c> for what is to come.</summary>
    public static string Relative(DateTimeOffset value, DateTimeOffset now)
    {
        var ago = now - value;
        var size = ago.Duration();
        if (size < TimeSpan.FromSeconds(10))
        {
            return "just now";
        }

        var words = size switch
        {
            { TotalSeconds: < 60 } => $"{(int)size.TotalSeconds} s",
            { TotalMinutes: < 60 } => $"{(int)size.TotalMinutes} min",
            { TotalHours: < 48 } => $"{(int)size.TotalHours} h",
            { TotalDays: < 60 } => $"{(int)size.TotalDays} d",
            { TotalDays: < 730 } => $"{(int)(size.TotalDays / 30.4375)} months",
            _ => $"{(int)(size.TotalDays / 365.25)} years",
        };
        return ago > TimeSpan.Zero ? $"{words} ago" : $"in {words}";
    }

    /// <summary>Name of a zone as shown: <c>UTC</c> or the zone's own id.</summary>
    public static string Name(TimeZoneInfo zone) => zone.Equals(TimeZoneInfo.Utc) ? "UTC" : zone.Id;
}
