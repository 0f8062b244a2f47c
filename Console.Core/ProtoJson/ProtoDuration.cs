using System.Globalization;

namespace OpsConsole.Core.ProtoJson;

/// <summary>
/// <c>google.protobuf.Duration</c> in JSON: seconds with 0 to 9 decimals and an <c>s</c>, for example <c>300s</c>, <c>0.5s</c>, <c>60.369159188s</c>.
/// See https://protobuf.dev/programming-guides/json/.
/// </summary>
public static class ProtoDuration
{
    private const int NanosecondsPerTick = 100;

    /// <summary>Parses one; what is finer than 100 ns is cut off. False for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        if (text.Length < 2 || text[^1] != 's')
        {
            return false;
        }

        text = text[..^1];
        var negative = text[0] == '-';
        if (negative)
        {
            text = text[1..];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? [] : text[(point + 1)..];

        // Protobuf allows about 10,000 years: 315,576,000,000 seconds.
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > 315_576_000_000
            || decimals.Length > 9
            || (point >= 0 && decimals.Length == 0))
        {
            return false;
        }

        var nanoseconds = 0;
        for (var i = 0; i < 9; i++)
        {
            var digit = i < decimals.Length ? decimals[i] - '0' : 0;
            if (digit is < 0 or > 9)
            {
                return false;
            }

            nanoseconds = (nanoseconds * 10) + digit;
        }

        var ticks = (seconds * TimeSpan.TicksPerSecond) + (nanoseconds / NanosecondsPerTick);
        value = new TimeSpan(negative ? -ticks : ticks);
        return true;
    }

    /// <summary>Prints one as protobuf does: 0, 3, 6 or (for ticks) 9 decimals.</summary>
    public static string Format(TimeSpan value)
    {
        var ticks = Math.Abs(value.Ticks);
        var seconds = (ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);
        var fraction = ticks % TimeSpan.TicksPerSecond;
        var sign = value.Ticks < 0 ? "-" : "";
        return fraction == 0 ? $"{sign}{seconds}s"
            : fraction % TimeSpan.TicksPerMillisecond == 0 ? Invariant($"{sign}{seconds}.{fraction / TimeSpan.TicksPerMillisecond:000}s")
            : fraction % TimeSpan.TicksPerMicrosecond == 0 ? Invariant($"{sign}{seconds}.{fraction / TimeSpan.TicksPerMicrosecond:000000}s")
            : Invariant($"{sign}{seconds}.{fraction * NanosecondsPerTick:000000000}s");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
