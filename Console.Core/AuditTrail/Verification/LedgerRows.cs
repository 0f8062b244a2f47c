using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Some rows of one table, their cells one after the other in one pooled buffer: nothing is allocated for a row. Whoever reads it disposes
/// of it, and uses no span of it afterwards.
/// </summary>
/// <param name="columns">Cells of a row.</param>
public sealed class LedgerRows(int columns) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private (int Start, int Length)[] _cells = ArrayPool<(int Start, int Length)>.Shared.Rent(columns * 512);
    private int _used;
    private int _count;

    /// <summary>Rows.</summary>
    public int Count => _count / columns;

    /// <summary>Bytes of the cells so far.</summary>
    public int Size => _used;

    /// <summary>Adds a cell: row by row, column by column.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        cell.CopyTo(Take(cell.Length));
        Place(cell.Length);
    }

    /// <summary>Adds a number or a time.</summary>
    public void Add(long cell)
    {
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), cell);
        Place(sizeof(long));
    }

    /// <summary>Adds a cell that is null.</summary>
    public void AddNull() => Place(-1);

    /// <summary>True when the cell is null.</summary>
    public bool IsNull(int row, int column) => _cells[(row * columns) + column].Length < 0;

    /// <summary>The bytes of a cell; empty when it is null.</summary>
    public ReadOnlySpan<byte> Bytes(int row, int column)
    {
        var (start, length) = _cells[(row * columns) + column];
        return length < 0 ? [] : _buffer.AsSpan(start, length);
    }

    /// <summary>The same as memory.</summary>
    public ReadOnlyMemory<byte> Memory(int row, int column)
    {
        var (start, length) = _cells[(row * columns) + column];
        return length < 0 ? default : _buffer.AsMemory(start, length);
    }

    /// <summary>A number or a time; <see cref="long.MinValue"/> when it is null.</summary>
    public long Number(int row, int column)
    {
        var (start, length) = _cells[(row * columns) + column];
        return length == sizeof(long) ? BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(start)) : long.MinValue;
    }

    /// <summary>A text; null when it is null.</summary>
    public string? Text(int row, int column) => IsNull(row, column) ? null : Encoding.UTF8.GetString(Bytes(row, column));

    /// <inheritdoc />
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            ArrayPool<(int Start, int Length)>.Shared.Return(_cells);
            (_buffer, _cells, _count, _used) = ([], [], 0, 0);
        }
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

        return _buffer.AsSpan(_used, length);
    }

    private void Place(int length)
    {
        if (_count == _cells.Length)
        {
            var larger = ArrayPool<(int Start, int Length)>.Shared.Rent(_cells.Length * 2);
            _cells.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<(int Start, int Length)>.Shared.Return(_cells);
            _cells = larger;
        }

        _cells[_count++] = (_used, length);
        _used += Math.Max(length, 0);
    }
}
