using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>
/// Where a list goes on: after the entry with this key. Opaque to clients, good for 24 hours, and only for the
/// parameters it was made for. The page size may differ: Google's own clients change it for the last page.
/// </summary>
internal sealed record PageToken(long Timestamp, string InsertId, string LogName)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Prints the token.</summary>
    public string Print(string parameters, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Digest(parameters));
            writer.Write(now.ToUnixTimeSeconds());
            writer.Write(Timestamp);
            writer.Write(InsertId);
            writer.Write(LogName);
        }

        var body = bytes.ToArray();
        return Base64Url.EncodeToString([.. Checksum(body), .. body]);
    }

    /// <summary>Reads a token; false when it is not one, too old, or made for other parameters.</summary>
    public static bool TryRead(string text, string parameters, DateTimeOffset now, [NotNullWhen(true)] out PageToken? token)
    {
        token = null;
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            if (bytes.Length < 24 || !bytes.AsSpan(0, 8).SequenceEqual(Checksum(bytes[8..])))
            {
                return false;
            }

            using var reader = new BinaryReader(new MemoryStream(bytes, 8, bytes.Length - 8), Encoding.UTF8);
            if (!reader.ReadBytes(8).AsSpan().SequenceEqual(Digest(parameters))
                || DateTimeOffset.FromUnixTimeSeconds(reader.ReadInt64()) < now - Life)
            {
                return false;
            }

            token = new PageToken(reader.ReadInt64(), reader.ReadString(), reader.ReadString());
            return true;
        }
        catch (Exception e) when (e is FormatException or IOException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..8];

    private static byte[] Checksum(byte[] body) => SHA256.HashData([.. "page"u8, .. body])[..8];
}
