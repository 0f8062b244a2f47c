using System.Text;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>A string inside a buffer, between its quotes.</summary>
internal unsafe struct JsonText
{
    /// <summary>First byte after the opening quote; null when there is no string.</summary>
    public byte* Start;

    /// <summary>Bytes between the quotes.</summary>
    public int Length;

    /// <summary>Whether it holds a backslash.</summary>
    public bool Escaped;

    /// <summary>The bytes.</summary>
    public readonly ReadOnlySpan<byte> Span => new(Start, Length);

    /// <summary>Whether there is one.</summary>
    public readonly bool IsPresent => Start != null;

    /// <summary>
    /// Undoes the escapes of RFC 8259, section 7. Never longer than the input. What is no escape stays as it is;
    /// half a surrogate pair becomes U+FFFD.
    /// </summary>
    /// <returns>Bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c != '\\' || i + 1 == text.Length)
            {
                target[written++] = c;
                continue;
            }

            i++;
            switch (text[i])
            {
                case (byte)'n': target[written++] = (byte)'\n'; break;
                case (byte)'t': target[written++] = (byte)'\t'; break;
                case (byte)'r': target[written++] = (byte)'\r'; break;
                case (byte)'b': target[written++] = (byte)'\b'; break;
                case (byte)'f': target[written++] = (byte)'\f'; break;
                case (byte)'"' or (byte)'\\' or (byte)'/': target[written++] = text[i]; break;
                case (byte)'u' when Hex4(text, i + 1) is >= 0 and var unit:
                    i += 4;
                    var rune = Rune.ReplacementChar;
                    if (char.IsHighSurrogate((char)unit) && i + 2 < text.Length && text[i + 1] == '\\' && text[i + 2] == 'u'
                        && Hex4(text, i + 3) is >= 0xDC00 and <= 0xDFFF and var low)
                    {
                        rune = new Rune((char)unit, (char)low);
                        i += 6;
                    }
                    else if (!char.IsSurrogate((char)unit))
                    {
                        rune = new Rune(unit);
                    }

                    written += rune.EncodeToUtf8(target[written..]);
                    break;
                default:
                    target[written++] = (byte)'\\';
                    target[written++] = text[i];
                    break;
            }
        }

        return written;
    }

    private static int Hex4(ReadOnlySpan<byte> text, int at)
    {
        if (at + 4 > text.Length)
        {
            return -1;
        }

        var value = 0;
        for (var i = at; i < at + 4; i++)
        {
            var digit = HexDigits.Value(text[i]);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }
}
