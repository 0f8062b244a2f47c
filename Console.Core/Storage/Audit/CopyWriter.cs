using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>
/// Writes rows for <c>COPY … FROM STDIN (FORMAT BINARY)</c>: a header, then for each row a 16-bit count of cells, and for each cell a 32-bit length (-1 for
/// null) and its bytes, all big-endian; a count of -1 ends it (PostgreSQL manual, COPY, "Binary Format"). The provider's own writer of rows is asked once a
/// cell, and that takes longer than what it writes.
/// </summary>
internal sealed class CopyWriter : IAsyncDisposable
{
    // Enough for the server to work on while the next is made.
    private const int FlushAt = 64 * 1024;

    // PostgreSQL counts times from 2000-01-01.
    private static readonly DateTimeOffset Epoch2000 = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Signature, flags, and the length of an extension that there is not.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly NpgsqlRawCopyStream _stream;
    private readonly short _columns;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * FlushAt);
    private int _used;

    private CopyWriter(NpgsqlRawCopyStream stream, int columns) => (_stream, _columns) = (stream, (short)columns);

    /// <summary>Begins.</summary>
    /// <param name="connection">In a transaction: rows that are not followed by <see cref="CompleteAsync"/> must be rolled back with it.</param>
    /// <param name="table">Schema and name.</param>
    /// <param name="columns">Names of the columns, in the order in which their cells will come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CopyWriter> BeginAsync(NpgsqlConnection connection, string table, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var writer = new CopyWriter(stream, columns.Count);
        Header.CopyTo(writer.Take(Header.Length));
        return writer;
    }

    /// <summary>Begins a row. All its cells follow.</summary>
    public CopyWriter Row()
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), _columns);
        return this;
    }

    /// <summary>A bigint.</summary>
    public CopyWriter Number(long value)
    {
        var cell = Cell(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(cell, value);
        return this;
    }

    /// <summary>A timestamptz, in microseconds.</summary>
    public CopyWriter Time(DateTimeOffset time) => Number((time - Epoch2000).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>A bytea, or a text that is in UTF-8 already.</summary>
    public CopyWriter Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Cell(value.Length));
        return this;
    }

    /// <summary>Null.</summary>
    public CopyWriter Null()
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);
        return this;
    }

    /// <summary>Sends what has come together, if that is enough to be worth it.</summary>
    public ValueTask SendAsync(CancellationToken cancellationToken) => _used < FlushAt ? ValueTask.CompletedTask : FlushAsync(cancellationToken);

    /// <summary>Ends: the rows are in the table when this returns.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), -1);
        await FlushAsync(cancellationToken);
        await _stream.DisposeAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            await _stream.DisposeAsync();
        }
    }

    private Span<byte> Cell(int length)
    {
        var span = Take(sizeof(int) + length);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        return span[sizeof(int)..];
    }

    private Span<byte> Take(int length)
    {
        if (_buffer.Length - _used < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _used + length));
            _buffer.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var span = _buffer.AsSpan(_used, length);
        _used += length;
        return span;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken);
        _used = 0;
    }
}
