namespace OpsConsole.Core.Logs.Reading;

/// <summary>A text that was unpacked or converted and is small enough to stay in memory.</summary>
internal sealed class MemorySource(ReadOnlyMemory<byte> text) : ByteSource
{
    public override long Length => text.Length;

    public override int Read(Span<byte> target, long offset)
    {
        var count = (int)Math.Clamp(text.Length - offset, 0, target.Length);
        text.Span.Slice((int)Math.Min(offset, text.Length), count).CopyTo(target);
        return count;
    }

    public override void Dispose()
    {
    }
}
