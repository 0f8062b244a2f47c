using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>UTF-8 that refuses instead of replacing.</summary>
internal static class NoteText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes that are signed.</summary>
    public static byte[] Bytes(string text) => Strict.GetBytes(text);

    /// <summary>Reads bytes as text; false when they are not valid UTF-8.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }
}
