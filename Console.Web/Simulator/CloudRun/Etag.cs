using System.Globalization;
using System.Text;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>
/// Etags of the shape that Cloud Run gives out: a quoted string of the update time (a protobuf Timestamp, base64), a slash,
/// and the resource's name (base64). The quotes are part of the value. To a client it is opaque.
/// </summary>
internal static class Etag
{
    public static string Of(string name, DateTimeOffset updateTime) =>
        $"\"{Convert.ToBase64String(Timestamp(updateTime)).TrimEnd('=')}/{Convert.ToBase64String(Encoding.UTF8.GetBytes(name)).TrimEnd('=')}\"";

    /// <summary>Whether the caller's etag, if any, is the current one; else the error that Cloud Run answers with.</summary>
    public static ApiError? Check(string? given, System.Text.Json.Nodes.JsonObject current)
    {
        if (string.IsNullOrEmpty(given) || given == current.Text("etag"))
        {
            return null;
        }

        // "Conflict for resource 'dispatch-web': version '1786872223639166' was specified but current version is '1786872645876013'."
        // The versions are the update times in microseconds.
        var name = ResourceName.Short(current.Text("name"));
        _ = WireTime.TryTimestamp(current.Text("updateTime"), out var updated);
        return ApiError.Aborted(
            $"Conflict for resource '{name}': version '{VersionOf(given)}' was specified but current version is '{Version(updated)}'.");
    }

    private static string Version(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    private static string VersionOf(string etag)
    {
        var text = etag.Trim('"');
        var bytes = new byte[64];

        // Base64 may itself hold a slash: the separator is the first one with a whole timestamp before it.
        for (var slash = text.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = text.IndexOf('/', slash + 1))
        {
            var encoded = text[..slash].PadRight((slash + 3) / 4 * 4, '=');
            if (Convert.TryFromBase64String(encoded, bytes, out var length) && TryReadTimestamp(bytes.AsSpan(0, length), out var time))
            {
                return Version(time);
            }
        }

        return text;
    }

    // message Timestamp { int64 seconds = 1; int32 nanos = 2; }
    private static byte[] Timestamp(DateTimeOffset time)
    {
        var bytes = new List<byte> { 0x08 };
        WriteVarint(bytes, (ulong)time.ToUnixTimeSeconds());
        var nanos = (ulong)(time.UtcTicks % TimeSpan.TicksPerSecond * 100);
        if (nanos > 0)
        {
            bytes.Add(0x10);
            WriteVarint(bytes, nanos);
        }

        return [.. bytes];
    }

    private static void WriteVarint(List<byte> bytes, ulong value)
    {
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }

        bytes.Add((byte)value);
    }

    private static bool TryReadTimestamp(ReadOnlySpan<byte> bytes, out DateTimeOffset time)
    {
        time = default;
        if (bytes is not [0x08, ..] || !TryReadVarint(bytes[1..], out var seconds, out var read) || seconds > 253_402_300_799)
        {
            return false;
        }

        ulong nanos = 0;
        var rest = bytes[(1 + read)..];
        if (rest is [0x10, ..] && !TryReadVarint(rest[1..], out nanos, out _))
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds((long)seconds).AddTicks((long)(nanos / 100));
        return true;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, out ulong value, out int read)
    {
        value = 0;
        for (read = 0; read < bytes.Length && read < 10;)
        {
            var b = bytes[read];
            value |= (ulong)(b & 0x7f) << (7 * read);
            read++;
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
