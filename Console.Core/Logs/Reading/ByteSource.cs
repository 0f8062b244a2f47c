namespace OpsConsole.Core.Logs.Reading;

/// <summary>UTF-8 text that can be read anywhere: a file, or what was unpacked or converted.</summary>
internal abstract unsafe class ByteSource : ILogSource
{
    // An entry is at most 256 KiB, an audit entry 512 KiB; escapes and indentation make it longer.
    private const int LargestEntry = 64 << 20;

    /// <summary>Bytes in all.</summary>
    public abstract long Length { get; }

    /// <summary>Reads up to the target's length; 0 at the end.</summary>
    public abstract int Read(Span<byte> target, long offset);

    public abstract void Dispose();

    public ReadOnlyMemory<byte> ReadEntry(long offset)
    {
        for (var size = 4096; ; size *= 4)
        {
            var buffer = new byte[size + JsonScan.Padding];
            var filled = Fill(buffer.AsSpan(0, size), offset);
            fixed (byte* p = buffer)
            {
                var end = filled > 0 && *p == '{' ? JsonScan.SkipContainer(p, p + filled, -1) : null;
                if (end != null)
                {
                    return buffer.AsMemory(0, (int)(end - p));
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
