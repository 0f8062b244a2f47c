using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>
/// Times of the audit trail: UTC, microseconds, always written <c>yyyy-MM-ddTHH:mm:ss.ffffffZ</c> (27 characters).
/// Finer digits are cut off, never rounded: PostgreSQL's <c>timestamptz</c> rounds, and a time that was hashed must read back the same.
/// </summary>
public static class AuditTime
{
    /// <summary>Characters of a written time.</summary>
    public const int Length = 27;

    /// <summary>The time in UTC, cut to microseconds.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>The one spelling.</summary>
    public static string Print(DateTimeOffset time) => string.Create(Length, time, static (span, value) =>
    {
        Span<byte> utf8 = stackalloc byte[Length];
        Write(value, utf8);
        System.Text.Encoding.ASCII.GetChars(utf8, span);
    });

    /// <summary>Writes the one spelling; <paramref name="target"/> has room for <see cref="Length"/> bytes.</summary>
    public static void Write(DateTimeOffset time, Span<byte> target)
    {
        var utc = time.UtcDateTime;
        var (date, clock) = (DateOnly.FromDateTime(utc), utc.TimeOfDay);
        Digits(target[..4], date.Year);
        target[4] = (byte)'-';
        Digits(target[5..7], date.Month);
        target[7] = (byte)'-';
        Digits(target[8..10], date.Day);
        target[10] = (byte)'T';
        Digits(target[11..13], clock.Hours);
        target[13] = (byte)':';
        Digits(target[14..16], clock.Minutes);
        target[16] = (byte)':';
        Digits(target[17..19], clock.Seconds);
        target[19] = (byte)'.';
        Digits(target[20..26], (int)(clock.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        target[26] = (byte)'Z';
    }

    /// <summary>
    /// Reads a time as RFC 3339 writes it (<c>2026-03-01T09:30:00.123456Z</c>, <c>2026-03-01T10:30:00+01:00</c>); it must say its offset.
    /// Digits after the microsecond are cut off.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length is < 20 or > 40 || text[10] is not ('T' or 't' or ' '))
        {
            return false;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        var afterDigits = point < 0 ? 19 : point + 1;
        while (point == 19 && afterDigits < text.Length && char.IsAsciiDigit(text[afterDigits]))
        {
            afterDigits++;
        }

        var zone = text.AsSpan(afterDigits);
        if ((point >= 0 && (point != 19 || afterDigits == 20)) || !TryOffset(zone, out var offset)
            || !DateTime.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !TimeSpan.TryParseExact(text.AsSpan(11, 8), @"hh\:mm\:ss", CultureInfo.InvariantCulture, out var clock))
        {
            return false;
        }

        var micros = 0;
        for (var i = 0; i < 6; i++)
        {
            micros = (micros * 10) + (point == 19 && 20 + i < afterDigits ? text[20 + i] - '0' : 0);
        }

        var ticks = date.Ticks + clock.Ticks + (micros * TimeSpan.TicksPerMicrosecond) - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> zone, out TimeSpan offset)
    {
        offset = default;
        if (zone is "Z" or "z")
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ('+' or '-')
            || !TimeSpan.TryParseExact(zone[1..], @"hh\:mm", CultureInfo.InvariantCulture, out offset))
        {
            return false;
        }

        offset = zone[0] == '-' ? -offset : offset;
        return true;
    }

    private static void Digits(Span<byte> target, int value)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
