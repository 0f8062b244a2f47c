using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.AuditTrail;

/// <summary>
/// Standard base64 with padding (RFC 4648 section 4) in its one canonical spelling. <see cref="Convert"/> also takes white space and
/// non-zero trailing bits, so that one signature would have many spellings; here only what encodes back to itself is taken.
/// </summary>
internal static class StrictBase64
{
    /// <summary>Decodes; false for anything but the canonical spelling.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var buffer = new byte[(text.Length / 4 * 3) + 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64Chars(text, buffer, out var length))
        {
            return false;
        }

        Span<char> again = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        if (!Convert.TryToBase64Chars(buffer.AsSpan(0, length), again, out var written) || written != text.Length || !text.SequenceEqual(again))
        {
            return false;
        }

        bytes = buffer[..length];
        return true;
    }
}
