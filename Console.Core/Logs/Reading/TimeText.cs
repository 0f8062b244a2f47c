using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Times and durations of protobuf's JSON form, in nanoseconds.</summary>
internal static class TimeText
{
    /// <summary>
    /// RFC 3339 with 0–9 decimals: <c>2025-12-29T00:58:51.018142Z</c>, also with an offset, <c>2025-12-29T00:58:51+00:00</c>
    /// (client libraries). Nanoseconds since the Unix epoch.
    /// </summary>
    /// <returns>False when it is no such time, or lies outside of 1970–2261.</returns>
    [MethodImpl(Hot.Code)]
    internal static bool TryTimestamp(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 20
            || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) is not ((byte)'t' or (byte)' ') || text[13] != ':' || text[16] != ':'
            || !TryTwo(text, 0, out var century) || !TryTwo(text, 2, out var yearOfCentury) || !TryTwo(text, 5, out var month)
            || !TryTwo(text, 8, out var day) || !TryTwo(text, 11, out var hour) || !TryTwo(text, 14, out var minute)
            || !TryTwo(text, 17, out var second))
        {
            return false;
        }

        var year = (century * 100) + yearOfCentury;
        if (year is < 1970 or > 2261 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var at = 19;
        if (!TryFraction(text, ref at, out var fraction) || !TryOffset(text[at..], out var offsetMinutes))
        {
            return false;
        }

        var seconds = (DaysSinceEpoch(year, month, day) * 86_400L) + (hour * 3600) + (minute * 60) + second - (offsetMinutes * 60L);
        nanoseconds = (seconds * 1_000_000_000) + fraction;
        return nanoseconds >= 0;
    }

    /// <summary>The rest of a time behind its minute, in UTC: <c>:51.018142Z</c>. Seconds above 59 are left to the caller.</summary>
    [MethodImpl(Hot.Code)]
    internal static bool TryWithinMinute(ReadOnlySpan<byte> text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Length < 4 || text[0] != ':' || text[^1] != 'Z')
        {
            return false;
        }

        var tens = text[1] - '0';
        var ones = text[2] - '0';
        if ((uint)tens > 5 || (uint)ones > 9)
        {
            return false;
        }

        var fraction = 0L;
        if (text.Length > 4)
        {
            // .018142 with up to nine digits
            var digits = text[4..^1];
            if (text[3] != '.' || digits.Length is 0 or > 9)
            {
                return false;
            }

            foreach (var c in digits)
            {
                var digit = c - '0';
                if ((uint)digit > 9)
                {
                    return false;
                }

                fraction = (fraction * 10) + digit;
            }

            fraction *= Scale[digits.Length];
        }

        nanoseconds = (((tens * 10L) + ones) * 1_000_000_000) + fraction;
        return true;
    }

    private static ReadOnlySpan<long> Scale => [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1];

    /// <summary>
    /// protobuf Duration: <c>60.369159188s</c>, <c>0s</c>; also as the Logs Explorer shows it, <c>355 ms</c>, <c>1,799.798 s</c>.
    /// Nanoseconds; -1 when it is none, is negative, or is longer than a year.
    /// </summary>
    [MethodImpl(Hot.Code)]
    internal static long Duration(ReadOnlySpan<byte> text)
    {
        var duration = Seconds(text);
        return duration < 0 && text.IndexOf((byte)' ') > 0 ? Shown(text) : duration;
    }

    private static long Shown(ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[32];
        var length = 0;
        var space = text.IndexOf((byte)' ');
        foreach (var c in text[..Math.Min(space, digits.Length - 1)])
        {
            if (c != ',')
            {
                digits[length++] = c;
            }
        }

        digits[length++] = (byte)'s';
        var value = Seconds(digits[..length]);
        var unit = text[(space + 1)..];
        return unit.SequenceEqual("s"u8) ? value
            : value < 0 ? -1
            : unit.SequenceEqual("ms"u8) ? value / 1000
            : -1;
    }

    [MethodImpl(Hot.Code)]
    private static long Seconds(ReadOnlySpan<byte> text)
    {
        var seconds = 0L;
        var at = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            seconds = (seconds * 10) + text[at] - '0';
            at++;
            if (seconds > 31_622_400)
            {
                return -1;
            }
        }

        return at > 0 && TryFraction(text, ref at, out var fraction) && at == text.Length - 1 && text[at] == 's'
            ? (seconds * 1_000_000_000) + fraction
            : -1;
    }

    internal static long DaysSinceEpoch(int year, int month, int day) =>
        (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay;

    private static bool TryFraction(ReadOnlySpan<byte> text, ref int at, out long nanoseconds)
    {
        nanoseconds = 0;
        if (at >= text.Length || text[at] != '.')
        {
            return true;
        }

        at++;
        var digits = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            nanoseconds = (nanoseconds * 10) + text[at] - '0';
            at++;
            if (++digits > 9)
            {
                return false;
            }
        }

        if (digits == 0)
        {
            return false;
        }

        for (; digits < 9; digits++)
        {
            nanoseconds *= 10;
        }

        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return text[0] is (byte)'Z' or (byte)'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryTwo(text, 1, out var hours) || !TryTwo(text, 4, out var rest) || hours > 23 || rest > 59)
        {
            return false;
        }

        minutes = (hours * 60) + rest;
        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, int at, out int value)
    {
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        value = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}
