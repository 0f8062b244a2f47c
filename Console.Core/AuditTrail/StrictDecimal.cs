namespace OpsConsole.Core.AuditTrail;

/// <summary>Sizes and indices as the C2SP texts write them: ASCII digits, no sign, no leading zero, at most 2^63 - 1.</summary>
internal static class StrictDecimal
{
    /// <summary>Reads one; false for any other spelling.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 19 || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        ulong sum = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            sum = (sum * 10) + (uint)(c - '0');
        }

        value = (long)sum;
        return sum <= long.MaxValue;
    }
}
