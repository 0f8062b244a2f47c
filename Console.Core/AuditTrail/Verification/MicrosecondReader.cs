namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Reads the one spelling of times in leaves, <c>2026-03-01T09:30:00.123456Z</c>, as microseconds since 1970. Remembers the last day.</summary>
internal sealed class MicrosecondReader
{
    private long _date = -1;
    private long _dayStart;

    /// <summary>False for any other spelling.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length != Events.AuditTime.Length || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[26] != 'Z'
            || !Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text.Slice(8, 2), out var day)
            || !Digits(text.Slice(11, 2), out var hour) || !Digits(text.Slice(14, 2), out var minute) || !Digits(text.Slice(17, 2), out var second)
            || !Digits(text.Slice(20, 6), out var micro) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var date = (year * 10_000) + (month * 100) + day;
        if (date != _date)
        {
            if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month))
            {
                return false;
            }

            _date = date;
            _dayStart = (new DateTime((int)year, (int)month, (int)day, 0, 0, 0, DateTimeKind.Utc).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        }

        microseconds = _dayStart + (((((hour * 60) + minute) * 60) + second) * 1_000_000) + micro;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + (b - '0');
        }

        return true;
    }
}
