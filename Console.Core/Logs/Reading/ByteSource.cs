namespace OpsConsole.Core.Logs.Reading;

/// <summary>UTF-8 text that can be read anywhere: a file, or what was unpacked or converted.</summary>
internal abstract unsafe class ByteSource : ILogSource
{
    // An entry is at most 256 KiB, an audit entry 512 KiB; escapes and indentation make it longer.
    private const int LargestEntry = 64 << 20;

    // Most entries are of 1 to 2 KiB.
    private const int FirstRead = 4096;

    /// <summary>Bytes in all.</summary>
    public abstract long Length { get; }

    /// <summary>Reads up to the target's length; 0 at the end.</summary>
    public abstract int Read(Span<byte> target, long offset);

    public abstract void Dispose();

    public ReadOnlyMemory<byte> ReadEntry(long offset)
    {
        byte[] buffer = [];
        var length = Read(offset, ref buffer);
        return buffer.AsMemory(0, length);
    }

    public ReadOnlySpan<byte> Peek(long offset, ref byte[] buffer)
    {
        var length = Read(offset, ref buffer);
        return buffer.AsSpan(0, length);
    }

    /// <summary>Reads the entry to the beginning of the buffer, a larger one if need be, and returns its length.</summary>
    private int Read(long offset, ref byte[] buffer)
    {
        for (var size = FirstRead; ; size *= 4)
        {
            if (buffer.Length < size + JsonScan.Padding)
            {
                buffer = GC.AllocateUninitializedArray<byte>(size + JsonScan.Padding);
            }

            var filled = Fill(buffer.AsSpan(0, size), offset);
            buffer.AsSpan(filled, JsonScan.Padding).Clear();
            fixed (byte* p = buffer)
            {
                var end = filled > 0 && *p == '{' ? JsonScan.SkipContainer(p, p + filled, -1) : null;
                if (end != null)
                {
                    return (int)(end - p);
                }
            }

            if (filled < size || size >= LargestEntry)
            {
                throw new IOException("The file has changed since it was read: the entry is no longer where it was.");
            }
        }
    }

    /// <summary>Reads until the target is full or the source ends.</summary>
    internal int Fill(Span<byte> target, long offset)
    {
        var filled = 0;
        while (filled < target.Length)
        {
            var read = Read(target[filled..], offset + filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
