using Microsoft.Win32.SafeHandles;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>A file read at any place.</summary>
internal sealed class FileSource(SafeFileHandle handle) : ByteSource
{
    private readonly long _length = RandomAccess.GetLength(handle);

    public override long Length => _length;

    public override int Read(Span<byte> target, long offset) => RandomAccess.Read(handle, target, offset);

    public override void Dispose() => handle.Dispose();
}
