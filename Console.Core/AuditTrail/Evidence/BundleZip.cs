using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// Reads a zip that may have been made to deceive (PKWARE APPNOTE 6.3.10): the directory and the headers in front of the files must say the same, the
/// files lie one behind the other and fill the zip, and no name is twice. Then all programs see the same files in it.
/// </summary>
internal sealed class BundleZip : IBundleFiles
{
    private const uint LocalHeader = 0x04034b50;
    private const uint DirectoryHeader = 0x02014b50;
    private const uint End = 0x06054b50;
    private const uint End64 = 0x06064b50;
    private const uint End64Locator = 0x07064b50;
    private const uint Descriptor = 0x08074b50;
    private const int EndLength = 22;
    private const int MaxDirectory = 8 * 1024 * 1024;

    // Options of deflate, a descriptor behind the content, names in UTF-8: whatever else there may be is not read here.
    private const int KnownFlags = 0x0006 | HasDescriptor | 0x0800;
    private const int HasDescriptor = 0x0008;

    // The four bits of a file's kind in st_mode.
    private const uint UnixFile = 0x8;
    private const uint UnixFolder = 0x4;

    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the directory, and checks it against the headers.</summary>
    /// <exception cref="BundleException">It is no zip, or not one that is read here.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public BundleZip(string path)
    {
        _file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            _length = RandomAccess.GetLength(_file);
            Read();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<string> Names => [.. _entries.Keys];

    /// <inheritdoc />
    public long LengthOf(string name) => _entries[name].Length;

    /// <inheritdoc />
    public Stream Open(string name)
    {
        var entry = _entries[name];
        Stream packed = new FilePart(_file, entry.Content, entry.Packed);
        return new BundleEntryStream(entry.Method == 0 ? packed : new DeflateStream(packed, CompressionMode.Decompress), name, entry.Length, entry.Crc);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static BundleException Bad(string why) => new($"The zip is not one that this program reads: {why}");

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long U64(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) is var value and <= long.MaxValue ? (long)value : throw Bad("a length is beyond all bounds.");

    private byte[] Take(long at, long count)
    {
        if (at < 0 || count < 0 || at > _length - count)
        {
            throw Bad("it ends too early.");
        }

        var bytes = new byte[count];
        var read = 0;
        while (read < bytes.Length)
        {
            var got = RandomAccess.Read(_file, bytes.AsSpan(read), at + read);
            read += got > 0 ? got : throw Bad("it ends too early.");
        }

        return bytes;
    }

    private void Read()
    {
        // No comment: the end record is the end.
        var end = Take(_length - EndLength, EndLength);
        if (U32(end, 0) != End || U16(end, 20) != 0)
        {
            throw Bad("it does not end in the record that ends a zip.");
        }

        var (count, size, start) = ((long)U16(end, 10), (long)U32(end, 12), (long)U32(end, 16));
        var behind = _length - EndLength;
        if (U16(end, 4) != 0 || U16(end, 6) != 0 || U16(end, 8) != U16(end, 10))
        {
            throw Bad("it says that it has several parts.");
        }

        if (count == ushort.MaxValue || size == uint.MaxValue || start == uint.MaxValue)
        {
            (count, size, start, behind) = ReadEnd64(behind, count, size, start);
        }

        if (count > BundleLimits.Files || size > MaxDirectory)
        {
            throw Bad($"it has {count} files; at most {BundleLimits.Files} are read.");
        }

        if (start + size != behind)
        {
            throw Bad("something stands between its directory and its end.");
        }

        ReadDirectory(Take(start, size), count, start);
    }

    private (long Count, long Size, long Start, long Behind) ReadEnd64(long behind, long count, long size, long start)
    {
        var locator = Take(behind - 20, 20);
        if (U32(locator, 0) != End64Locator || U32(locator, 4) != 0 || U32(locator, 16) != 1 || U64(locator, 8) != behind - 20 - 56)
        {
            throw Bad("its end does not say where its directory is.");
        }

        var end = Take(behind - 20 - 56, 56);
        if (U32(end, 0) != End64 || U64(end, 4) != 44 || U32(end, 16) != 0 || U32(end, 20) != 0 || U64(end, 24) != U64(end, 32)
            || (count != ushort.MaxValue && count != U64(end, 32)) || (size != uint.MaxValue && size != U64(end, 40)) || (start != uint.MaxValue && start != U64(end, 48)))
        {
            throw Bad("its two ends contradict each other.");
        }

        return (U64(end, 32), U64(end, 40), U64(end, 48), behind - 20 - 56);
    }

    private void ReadDirectory(byte[] directory, long count, long start)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        var next = 0L;
        for (var i = 0L; i < count; i++)
        {
            if (directory.Length - at < 46 || U32(directory, at) != DirectoryHeader)
            {
                throw Bad("its directory is shorter than it says.");
            }

            var header = directory.AsSpan(at);
            var (nameLength, extraLength, commentLength) = ((int)U16(header, 28), (int)U16(header, 30), (int)U16(header, 32));
            if (header.Length < 46 + nameLength + extraLength + commentLength)
            {
                throw Bad("its directory is shorter than it says.");
            }

            var name = Name(header.Slice(46, nameLength));
            if (U16(header, 34) != 0 || commentLength != 0 || (U16(header, 8) & ~KnownFlags) != 0 || U16(header, 10) is not (0 or 8))
            {
                throw Bad($"'{name}' is encrypted, in several parts, has a comment, or is packed in a way that is not read here.");
            }

            // What Unix says that it is (4.3.12, external attributes): a program that unpacks it makes a link of a link.
            if ((U32(header, 38) >> 28) is var kind and not 0 && kind != (name.EndsWith('/') ? UnixFolder : UnixFile))
            {
                throw Bad($"'{name}' is no ordinary file in it, but a link or the like.");
            }

            var entry = new Entry(U16(header, 10), U16(header, 8), U32(header, 16), U32(header, 20), U32(header, 24), U32(header, 42), 0);
            entry = Wide(entry, header.Slice(46 + nameLength, extraLength), name);
            at += 46 + nameLength + extraLength;
            if (!names.Add(name))
            {
                throw Bad($"'{name}' is in it twice.");
            }

            if (entry.At != next)
            {
                throw Bad($"'{name}' does not stand where the file before it ends.");
            }

            next = Local(ref entry, name);
            if (!name.EndsWith('/'))
            {
                _entries.Add(name, entry);
            }
            else if (entry.Length != 0 || name != "proofs/")
            {
                throw Bad($"the folder '{name}' has no business in it.");
            }
        }

        if (at != directory.Length || next != start)
        {
            throw Bad("something stands in it that is no file.");
        }
    }

    // Lengths beyond 4 GiB stand in the field 0x0001, those of them alone that do not fit their places.
    private static Entry Wide(Entry entry, ReadOnlySpan<byte> extra, string name)
    {
        var needed = (entry.Length == uint.MaxValue ? 8 : 0) + (entry.Packed == uint.MaxValue ? 8 : 0) + (entry.At == uint.MaxValue ? 8 : 0);
        while (needed > 0 && extra.Length >= 4)
        {
            var (id, length) = (U16(extra, 0), U16(extra, 2));
            if (extra.Length < 4 + length)
            {
                break;
            }

            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id != 1)
            {
                continue;
            }

            if (field.Length < needed)
            {
                break;
            }

            var at = 0;
            entry = entry with
            {
                Length = entry.Length == uint.MaxValue ? U64(field, (at += 8) - 8) : entry.Length,
                Packed = entry.Packed == uint.MaxValue ? U64(field, (at += 8) - 8) : entry.Packed,
                At = entry.At == uint.MaxValue ? U64(field, (at += 8) - 8) : entry.At,
            };
            needed = 0;
        }

        return needed == 0 ? entry : throw Bad($"the length of '{name}' is not there.");
    }

    private static string Name(ReadOnlySpan<byte> bytes)
    {
        var name = bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? null : Encoding.ASCII.GetString(bytes);
        return name is not null && (BundleLimits.IsName(name) || name == "proofs/")
            ? name
            : throw new BundleException($"The zip has a file '{name ?? "?"}', which is none of a bundle's.", name);
    }

    // Checks the header in front of the content; gives the place behind it.
    private long Local(ref Entry entry, string name)
    {
        var header = Take(entry.At, 30);
        var (nameLength, extraLength) = (U16(header, 26), U16(header, 28));
        var rest = Take(entry.At + 30, nameLength + extraLength);
        if (U32(header, 0) != LocalHeader || U16(header, 6) != entry.Flags || U16(header, 8) != entry.Method || Encoding.ASCII.GetString(rest, 0, nameLength) != name)
        {
            throw Bad($"its directory and the header of '{name}' contradict each other.");
        }

        var hasDescriptor = (entry.Flags & HasDescriptor) != 0;
        if (!hasDescriptor)
        {
            var local = Wide(new Entry(entry.Method, entry.Flags, U32(header, 14), U32(header, 18), U32(header, 22), entry.At, 0), rest.AsSpan(nameLength), name);
            if (local with { At = entry.At } != entry)
            {
                throw Bad($"its directory and the header of '{name}' contradict each other.");
            }
        }

        entry = entry with { Content = entry.At + 30 + nameLength + extraLength };
        var behind = entry.Content + entry.Packed;
        if (entry.Packed < 0 || behind > _length)
        {
            throw Bad("it ends too early.");
        }

        if (entry.Length > 1024 * 1024 && entry.Length / BundleLimits.Ratio > entry.Packed)
        {
            throw new BundleException($"The file '{name}' would become {entry.Length} bytes out of {entry.Packed}: a zip bomb.", name);
        }

        if (entry.Length > BundleLimits.Of(name))
        {
            throw new BundleException($"The file '{name}' would have {entry.Length} bytes; at most {BundleLimits.Of(name)} are read.", name);
        }

        return hasDescriptor ? behind + DescriptorLength(behind, entry, name) : behind;
    }

    private int DescriptorLength(long at, Entry entry, string name)
    {
        var bytes = Take(at, Math.Min(24, _length - at));
        foreach (var (signature, wide) in ((int Signature, bool Wide)[])[(4, false), (4, true), (0, false), (0, true)])
        {
            var length = signature + 4 + (wide ? 16 : 8);
            if (bytes.Length >= length && (signature == 0 || U32(bytes, 0) == Descriptor) && U32(bytes, signature) == entry.Crc
                && (wide ? U64(bytes, signature + 4) == entry.Packed && U64(bytes, signature + 12) == entry.Length
                    : U32(bytes, signature + 4) == entry.Packed && U32(bytes, signature + 8) == entry.Length))
            {
                return length;
            }
        }

        throw Bad($"its directory and the descriptor of '{name}' contradict each other.");
    }

    private sealed record Entry(int Method, int Flags, uint Crc, long Packed, long Length, long At, long Content);
}
