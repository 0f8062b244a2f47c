using System.Buffers;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Reads a file line by line; lines end in a newline, the last one too. Memory is bounded by the longest line that is allowed.</summary>
internal sealed class BundleLines(Stream stream, string file, int longest) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _from;
    private int _to;

    /// <summary>Lines read.</summary>
    public long Count { get; private set; }

    /// <summary>The next line without its newline; false behind the last. Good until the next call.</summary>
    /// <exception cref="BundleException">A line is too long, or the last one has no end.</exception>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_from + searched, _to - _from - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line = _buffer.AsSpan(_from, searched + end);
                _from += searched + end + 1;
                Count++;
                return true;
            }

            searched = _to - _from;
            if (searched > longest)
            {
                throw new BundleException($"Line {Count + 1} of {file} has more than {longest} bytes.", file);
            }

            if (_from > 0)
            {
                _buffer.AsSpan(_from, searched).CopyTo(_buffer);
                (_from, _to) = (0, searched);
            }

            if (_to == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
                _buffer.AsSpan(0, _to).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            var read = stream.Read(_buffer.AsSpan(_to));
            if (read == 0)
            {
                line = default;
                return _to == _from ? false : throw new BundleException($"{file} does not end in a newline.", file);
            }

            _to += read;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        stream.Dispose();
    }
}
