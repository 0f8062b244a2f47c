namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Where unpacked and converted text goes: memory while it is small, then a temporary file that vanishes with its handle.
/// Entries are read back from it later.
/// </summary>
internal sealed class Spool(long limit, string limitReason) : Stream
{
    private const int InMemory = 8 << 20;
    private MemoryStream? _memory = new();
    private FileStream? _file;
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <summary>Standard input, read to its end: it cannot be read twice.</summary>
    public static ByteSource Standard(ReadOptions options)
    {
#pragma warning disable RS0030 // The rule is about writing to the terminal; this reads what was piped in.
        using var input = System.Console.OpenStandardInput();
#pragma warning restore RS0030
        return Of(input, options);
    }

    /// <summary>A stream, read to its end.</summary>
    public static ByteSource Of(Stream stream, ReadOptions options)
    {
        using var spool = new Spool(options.MaxUnpackedBytes, "the limit for input that is no file");
        stream.CopyTo(spool, 1 << 20);
        return spool.ToSource();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _length += buffer.Length;
        if (_length > limit)
        {
            throw new InvalidDataException($"More than {limit:N0} bytes: {limitReason}.");
        }

        if (_memory is not null && _length > InMemory)
        {
            var path = Path.Combine(Path.GetTempPath(), $"opsconsole-{Path.GetRandomFileName()}");
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.DeleteOnClose,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                // Logs may hold what others must not read.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            _file = new FileStream(path, options);
            _file.Write(_memory.GetBuffer().AsSpan(0, (int)_memory.Length));
            _memory.Dispose();
            _memory = null;
        }

        if (_file is not null)
        {
            _file.Write(buffer);
        }
        else
        {
            _memory!.Write(buffer);
        }
    }

    /// <summary>What was written, to be read. The spool is used up.</summary>
    public ByteSource ToSource()
    {
        if (_file is { } file)
        {
            _file = null;
            file.Flush();
            return new SpooledFile(file);
        }

        var memory = _memory!;
        return new MemorySource(memory.GetBuffer().AsMemory(0, (int)memory.Length));
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
            _memory?.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class SpooledFile(FileStream file) : ByteSource
    {
        public override long Length { get; } = file.Length;

        public override int Read(Span<byte> target, long offset) => RandomAccess.Read(file.SafeFileHandle, target, offset);

        // The stream and not its handle: the file is deleted when the stream closes.
        public override void Dispose() => file.Dispose();
    }
}
