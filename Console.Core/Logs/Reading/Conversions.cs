using System.IO.Compression;
using System.Text;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Turns what is no plain UTF-8 JSON into it: gzip, UTF-16 (PowerShell's <c>&gt;</c>), gcloud's YAML.</summary>
internal static class Conversions
{
    private const int FreeUnpacked = 16 << 20;

    /// <summary>The source itself when it is UTF-8 JSON, else what it was turned into; the old one is then closed.</summary>
    /// <param name="source">The file as it is.</param>
    /// <param name="options">Limits for packed files.</param>
    /// <param name="offset">Where the text begins: behind a byte order mark.</param>
    /// <exception cref="InvalidDataException">It cannot be unpacked, or unpacks to more than is allowed.</exception>
    internal static ByteSource ToText(ByteSource source, ReadOptions options, out long offset)
    {
        offset = 0;
        Span<byte> buffer = stackalloc byte[512];
        for (var depth = 0; depth < 4; depth++)
        {
            var head = buffer[..source.Fill(buffer, 0)];
            switch (head)
            {
                case [0x1F, 0x8B, ..]:
                    source = Replace(source, Unpack(source, options));
                    break;
                case [(byte)'P', (byte)'K', 3, 4, ..]:
                    throw new InvalidDataException("A zip archive: unpack it and give the files in it.");
                case [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..]:
                    source = Replace(source, FromUtf16(source, Encoding.Unicode));
                    break;
                case [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..]:
                    source = Replace(source, FromUtf16(source, Encoding.BigEndianUnicode));
                    break;
                default:
                    offset = head is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
                    if (!YamlEntries.IsYaml(head[(int)offset..]))
                    {
                        return source;
                    }

                    source = Replace(source, FromYaml(source, offset));
                    offset = 0;
                    return source;
            }
        }

        throw new InvalidDataException("Packed more than three times over.");
    }

    private static ByteSource Replace(ByteSource old, ByteSource made)
    {
        old.Dispose();
        return made;
    }

    private static ByteSource Unpack(ByteSource source, ReadOptions options)
    {
        var byRatio = options.MaxUnpackRatio == int.MaxValue ? long.MaxValue : Math.Max(FreeUnpacked, source.Length * options.MaxUnpackRatio);
        using var packed = new SourceStream(source);
        using var unpacking = new GZipStream(packed, CompressionMode.Decompress);
        using var spool = new Spool(Math.Min(options.MaxUnpackedBytes, byRatio), "the limit for unpacked files");
        try
        {
            unpacking.CopyTo(spool, 1 << 18);
        }
        catch (InvalidDataException) when (spool.Length > 0 && spool.Length <= Math.Min(options.MaxUnpackedBytes, byRatio))
        {
            // Cut off or damaged: what was unpacked so far is read; its last, broken entry is reported where it ends.
        }

        return spool.ToSource();
    }

    private static ByteSource FromUtf16(ByteSource source, Encoding encoding)
    {
        using var spool = new Spool(long.MaxValue, "");
        var decoder = encoding.GetDecoder();
        var bytes = new byte[1 << 16];
        var chars = new char[(1 << 15) + 2];
        var utf8 = new byte[chars.Length * 3];
        var isFirst = true;
        for (var at = 0L; ;)
        {
            var read = source.Fill(bytes, at);
            at += read;
            var count = decoder.GetChars(bytes, 0, read, chars, 0, flush: read == 0);
            var text = chars.AsSpan(0, count);
            if (isFirst && text.Length > 0)
            {
                text = text[0] == '\uFEFF' ? text[1..] : text;
                isFirst = false;
            }

            spool.Write(utf8.AsSpan(0, ToUtf8(text, utf8)));
            if (read == 0)
            {
                return spool.ToSource();
            }
        }
    }

    // Pairs are never split: the decoder keeps half of one for its next call.
    private static int ToUtf8(ReadOnlySpan<char> text, Span<byte> utf8) => Encoding.UTF8.GetBytes(text, utf8);

    private static ByteSource FromYaml(ByteSource source, long offset)
    {
        using var spool = new Spool(long.MaxValue, "");
        using var stream = new SourceStream(source) { Position = offset };
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        YamlEntries.ToJsonLines(reader, spool);
        return spool.ToSource();
    }
}
