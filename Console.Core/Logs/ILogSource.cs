namespace OpsConsole.Core.Logs;

/// <summary>Where entries were read from: a file, an unpacked copy of one, or buffers of a live window.</summary>
internal interface ILogSource : IDisposable
{
    /// <summary>The JSON object that begins at the offset.</summary>
    ReadOnlyMemory<byte> ReadEntry(long offset);

    /// <summary>The same, valid until the buffer is used again: for who reads many, one after the other.</summary>
    ReadOnlySpan<byte> Peek(long offset, ref byte[] buffer) => ReadEntry(offset).Span;
}
