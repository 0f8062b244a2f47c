namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>The content of one file of a zip: exactly as long as the directory says, with its checksum, or an error.</summary>
internal sealed class BundleEntryStream(Stream content, string name, long length, uint crc) : Stream
{
    private long _read;
    private uint _crc;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => length;

    /// <inheritdoc />
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int got;
        try
        {
            got = content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new BundleException($"{name} cannot be unpacked: {e.Message}", name);
        }

        if (got == 0)
        {
            return _read == length && _crc == crc ? 0 : throw new BundleException($"{name} was changed: its length or checksum is not that of the zip.", name);
        }

        _read += got;
        _crc = Crc32.Append(_crc, buffer[..got]);
        return _read <= length ? got : throw new BundleException($"{name} unpacks to more bytes than the zip says.", name);
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
