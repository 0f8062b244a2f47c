using System.Buffers;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Canonical;

/// <summary>Strings of RFC 8785 section 3.2.2.2: short escapes where JSON has them, \u00xx in lower case for other controls, all else as it is.</summary>
internal static class CanonicalString
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000B\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    /// <summary>Writes a string with its quotes.</summary>
    /// <exception cref="CanonicalJsonException">It holds half a surrogate pair.</exception>
    public static void Write(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var plain = rest.IndexOfAny(Escaped);
            Plain(plain < 0 ? rest : rest[..plain], output);
            if (plain < 0)
            {
                break;
            }

            Escape(rest[plain], output);
            rest = rest[(plain + 1)..];
        }

        output.Write("\""u8);
    }

    private static void Plain(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        var room = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));

        // FromUtf16 replaces nothing here, unlike Encoding.UTF8.GetBytes, which writes U+FFFD without a word.
        var status = System.Text.Unicode.Utf8.FromUtf16(text, room, out _, out var written, replaceInvalidSequences: false, isFinalBlock: true);
        if (status != OperationStatus.Done)
        {
            throw new CanonicalJsonException("A string is not valid Unicode: it holds half a surrogate pair.");
        }

        output.Advance(written);
    }

    private static void Escape(char c, IBufferWriter<byte> output)
    {
        switch (c)
        {
            case '"':
                output.Write("\\\""u8);
                break;
            case '\\':
                output.Write("\\\\"u8);
                break;
            case '\b':
                output.Write("\\b"u8);
                break;
            case '\t':
                output.Write("\\t"u8);
                break;
            case '\n':
                output.Write("\\n"u8);
                break;
            case '\f':
                output.Write("\\f"u8);
                break;
            case '\r':
                output.Write("\\r"u8);
                break;
            default:
                output.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)(c < 16 ? '0' : '1'), "0123456789abcdef"u8[c & 15]]);
                break;
        }
    }
}
