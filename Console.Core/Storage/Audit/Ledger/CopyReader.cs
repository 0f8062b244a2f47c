using System.Buffers;
using System.Buffers.Binary;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Core.Storage.Audit.Ledger;

/// <summary>
/// Reads what PostgreSQL sends for <c>COPY … TO STDOUT (FORMAT BINARY)</c>: a header of 11 bytes, flags, an extension, then tuples of a 16-bit
/// count and cells of a 32-bit length (-1 for null) and bytes, big-endian; a count of -1 ends it (PostgreSQL manual, COPY, "Binary Format").
/// </summary>
internal sealed class CopyReader(Stream copy, IReadOnlyList<LedgerColumn> columns) : IDisposable
{
    // PostgreSQL counts times from 2000-01-01.
    private const long Epoch2000 = 946_684_800_000_000;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _from;
    private int _to;
    private bool _headerRead;

    /// <summary>The next batch; null behind the last.</summary>
    public async ValueTask<LedgerRows?> NextAsync(CancellationToken cancellationToken)
    {
        if (!_headerRead)
        {
            await EnsureAsync(19, cancellationToken);
            var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_from + 15));
            await EnsureAsync(19 + extension, cancellationToken);
            _from += 19 + extension;
            _headerRead = true;
        }

        var rows = new LedgerRows(columns.Count);
        while (rows.Size < LedgerSql.BatchBytes)
        {
            int missing;
            while ((missing = Tuple(rows)) > 0)
            {
                await EnsureAsync(missing, cancellationToken);
            }

            if (missing < 0)
            {
                break;
            }
        }

        if (rows.Count > 0)
        {
            return rows;
        }

        rows.Dispose();
        return null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    // 0: a tuple was read. Above 0: so many bytes must be in the buffer first. Below 0: the end.
    private int Tuple(LedgerRows rows)
    {
        var bytes = _buffer.AsSpan(_from, _to - _from);
        if (bytes.Length < 2)
        {
            return 2;
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        if (count < 0)
        {
            return -1;
        }

        if (count != columns.Count)
        {
            throw new InvalidDataException($"PostgreSQL sent {count} columns instead of {columns.Count}.");
        }

        var at = 2;
        for (var i = 0; i < count; i++)
        {
            if (bytes.Length < at + 4)
            {
                return at + 4;
            }

            var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[at..]));
            at += 4 + length;
            if (bytes.Length < at)
            {
                return at;
            }
        }

        at = 2;
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            at += 4;
            if (length < 0)
            {
                rows.AddNull();
                continue;
            }

            if (columns[i].Type == LedgerType.Time)
            {
                rows.Add(BinaryPrimitives.ReadInt64BigEndian(bytes[at..]) + Epoch2000);
            }
            else
            {
                rows.Add(bytes.Slice(at, length));
            }

            at += length;
        }

        _from += at;
        return 0;
    }

    private async ValueTask EnsureAsync(int count, CancellationToken cancellationToken)
    {
        while (_to - _from < count)
        {
            if (_from > 0)
            {
                _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
                (_from, _to) = (0, _to - _from);
            }

            if (_buffer.Length < count)
            {
                var larger = ArrayPool<byte>.Shared.Rent(count * 2);
                _buffer.AsSpan(0, _to).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            var read = await copy.ReadAsync(_buffer.AsMemory(_to), cancellationToken);
            if (read == 0)
            {
                throw new InvalidDataException("PostgreSQL ended a COPY in the middle of a row.");
            }

            _to += read;
        }
    }
}
