using System.Buffers.Binary;
using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// What a witness signs (c2sp.org/tlog-cosignature, Ed25519): that at a time, the largest consistent tree it has seen of this log has this
/// root. The signature is the time (64 bits, big-endian, seconds since 1970) and 64 bytes.
/// </summary>
internal static class Cosignature
{
    // The last second of year 9999: beyond it DateTimeOffset cannot go. The specification's own limit is 2^63 - 1.
    private const long LastSecond = 253_402_300_799;

    /// <summary>The signed bytes.</summary>
    /// <param name="seconds">Since 1970.</param>
    /// <param name="text">The whole text of the checkpoint.</param>
    public static byte[] Message(long seconds, string text) =>
        NoteText.Bytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    /// <summary>Takes the bytes of a signature apart; false for another length or a time that cannot be.</summary>
    public static bool TryTake(ReadOnlySpan<byte> signature, out long seconds, out ReadOnlySpan<byte> inner)
    {
        seconds = 0;
        inner = default;
        if (signature.Length != 8 + Ed25519.SignatureSize)
        {
            return false;
        }

        seconds = BinaryPrimitives.ReadInt64BigEndian(signature);
        inner = signature[8..];
        return seconds is >= 0 and <= LastSecond;
    }
}
