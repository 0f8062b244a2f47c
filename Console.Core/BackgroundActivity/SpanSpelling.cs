namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// A span id of 16 digits without a letter, such as <c>2331837566809325</c>, is hexadecimal or decimal: the text does not tell.
/// Readers take it for hexadecimal; where no request has that span, the decimal reading is tried.
/// </summary>
internal static class SpanSpelling
{
    /// <summary>The value of the same 16 digits read as decimal; 0 when they are not all decimal digits.</summary>
    public static ulong OtherReading(ulong hexadecimal)
    {
        ulong value = 0;
        for (var shift = 60; shift >= 0; shift -= 4)
        {
            var digit = (hexadecimal >> shift) & 15;
            if (digit > 9)
            {
                return 0;
            }

            value = (value * 10) + digit;
        }

        return value;
    }
}
