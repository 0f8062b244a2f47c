using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Canonical;

/// <summary>
/// Numbers of RFC 8785 section 3.2.2.3: as ECMAScript's Number::toString prints them. .NET finds the same shortest digits, but lays them
/// out differently (1E+21 for 1e+21, 1E-06 for 0.000001, -0 for 0).
/// </summary>
internal static class CanonicalNumber
{
    /// <summary>Longest: -2.2250738585072014e-308.</summary>
    private const int MaxLength = 32;

    /// <summary>Writes a number.</summary>
    /// <exception cref="CanonicalJsonException">It is infinite or not a number.</exception>
    public static void Write(double value, IBufferWriter<byte> output)
    {
        var room = output.GetSpan(MaxLength);
        output.Advance(Format(value, room));
    }

    /// <summary>Writes a number and says how many bytes it took.</summary>
    /// <exception cref="CanonicalJsonException">It is infinite or not a number.</exception>
    public static int Format(double value, Span<byte> output)
    {
        if (!double.IsFinite(value))
        {
            throw new CanonicalJsonException("A number is too large for JSON's doubles (about 1.8e308), or is none.");
        }

        if (value == 0)
        {
            output[0] = (byte)'0';
            return 1;
        }

        // "E16" would round; "R" gives the shortest digits that read back: -1.2345E-07, 123.45, 1E+21.
        Span<byte> text = stackalloc byte[MaxLength];
        _ = value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxLength];
        var (count, point) = Digits(text[..length], digits);
        return Lay(value < 0, digits[..count], point, output);
    }

    /// <summary>The significant digits, and where the decimal point is: value = 0.d1d2d3… × 10^point.</summary>
    private static (int Count, int Point) Digits(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            _ = Utf8Parser.TryParse(text[(e + 1)..], out exponent, out _);
            text = text[..e];
        }

        var (count, whole, seenPoint) = (0, 0, false);
        foreach (var c in text)
        {
            if (c == '.')
            {
                seenPoint = true;
            }
            else if (c != '-')
            {
                // 0.00012: the zeros before the first digit only move the point.
                if (count == 0 && c == '0')
                {
                    whole -= seenPoint ? 1 : 0;
                    continue;
                }

                digits[count++] = c;
                whole += seenPoint ? 0 : 1;
            }
        }

        while (digits[count - 1] == '0')
        {
            count--;
        }

        return (count, whole + exponent);
    }

    /// <summary>ECMA-262, Number::toString, steps 6 to 12: n is the point, k the number of digits.</summary>
    private static int Lay(bool negative, ReadOnlySpan<byte> digits, int n, Span<byte> output)
    {
        var at = 0;
        if (negative)
        {
            output[at++] = (byte)'-';
        }

        var k = digits.Length;
        if (n is > 0 and <= 21)
        {
            for (var i = 0; i < Math.Max(n, k); i++)
            {
                if (i == n)
                {
                    output[at++] = (byte)'.';
                }

                output[at++] = i < k ? digits[i] : (byte)'0';
            }

            return at;
        }

        if (n is > -6 and <= 0)
        {
            output[at++] = (byte)'0';
            output[at++] = (byte)'.';
            output.Slice(at, -n).Fill((byte)'0');
            at -= n;
            digits.CopyTo(output[at..]);
            return at + k;
        }

        output[at++] = digits[0];
        if (k > 1)
        {
            output[at++] = (byte)'.';
            digits[1..].CopyTo(output[at..]);
            at += k - 1;
        }

        output[at++] = (byte)'e';
        output[at++] = (byte)(n - 1 < 0 ? '-' : '+');
        _ = Utf8Formatter.TryFormat(Math.Abs(n - 1), output[at..], out var written);
        return at + written;
    }
}
