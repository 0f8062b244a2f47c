using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>
/// Times of log entries as nanoseconds since the Unix epoch, which is what Cloud Logging keeps:
/// <c>2025-12-29T00:59:51.392307785Z</c>. <see cref="DateTimeOffset"/> holds only 100 ns.
/// </summary>
internal static class EntryTime
{
    public const long NanosPerSecond = 1_000_000_000;

    public static long FromDateTimeOffset(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100;

    public static DateTimeOffset ToDateTimeOffset(long nanos) =>
        new(DateTime.UnixEpoch.Ticks + Math.DivRem(nanos, 100).Quotient, TimeSpan.Zero);

    /// <summary>Google prints 0, 3, 6 or 9 decimals, whichever is enough.</summary>
    public static string Print(long nanos)
    {
        var seconds = Math.DivRem(nanos, NanosPerSecond, out var fraction);
        if (fraction < 0)
        {
            seconds--;
            fraction += NanosPerSecond;
        }

        var text = DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return text + Decimals(fraction) + "Z";
    }

    /// <summary>The fraction of a second, as Google's JSON prints it: nothing, or a point with 3, 6 or 9 digits.</summary>
    public static string Decimals(long nanos) => nanos switch
    {
        0 => "",
        _ when nanos % 1_000_000 == 0 => "." + (nanos / 1_000_000).ToString("D3", CultureInfo.InvariantCulture),
        _ when nanos % 1_000 == 0 => "." + (nanos / 1_000).ToString("D6", CultureInfo.InvariantCulture),
        _ => "." + nanos.ToString("D9", CultureInfo.InvariantCulture),
    };

    /// <summary>Parses RFC 3339 with any number of decimals and any offset; a date alone is midnight UTC, as the filter language has it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out long nanos)
    {
        nanos = 0;
        if (text is null || text.Length < 10)
        {
            return false;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        long fraction = 0;
        var whole = text;
        if (point > 0)
        {
            var end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end == point + 1)
            {
                return false;
            }

            var digits = text[(point + 1)..Math.Min(end, point + 10)].PadRight(9, '0');
            fraction = long.Parse(digits, CultureInfo.InvariantCulture);
            whole = string.Concat(text.AsSpan(0, point), text.AsSpan(end));
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd"];
        if (!DateTimeOffset.TryParseExact(
                whole.ToUpperInvariant(), formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        nanos = FromDateTimeOffset(time) + fraction;
        return true;
    }
}
