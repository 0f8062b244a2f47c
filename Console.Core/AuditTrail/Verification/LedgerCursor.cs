using System.Threading.Channels;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Walks a table row by row while another thread reads ahead. Not for several threads at once.</summary>
internal sealed class LedgerCursor : IAsyncDisposable
{
    private const int Ahead = 8;
    private readonly Channel<LedgerRows> _batches = Channel.CreateBounded<LedgerRows>(
        new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stop;
    private readonly Task _pump;
    private LedgerRows? _rows;
    private int _row;
    private bool _isDisposed;

    private LedgerCursor(IAsyncEnumerable<LedgerRows> source, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pump = Task.Run(() => PumpAsync(source), CancellationToken.None);
    }

    /// <summary>False behind the last row.</summary>
    public bool HasRow { get; private set; }

    /// <summary>Rows so far, with the current one.</summary>
    public long Count { get; private set; }

    /// <summary>Key of the current row; <see cref="long.MaxValue"/> behind the last one.</summary>
    public long Key { get; private set; } = long.MaxValue;

    /// <summary>Begins to read, and stands on the first row.</summary>
    public static async Task<LedgerCursor> StartAsync(
        ILedgerSnapshot snapshot, LedgerTable table, long from, long to, CancellationToken cancellationToken)
    {
        var cursor = new LedgerCursor(snapshot.ReadAsync(table, from, to, cancellationToken), cancellationToken);
        await cursor.MoveAsync();
        return cursor;
    }

    /// <summary>Goes to the next row.</summary>
    public ValueTask MoveAsync()
    {
        if (_rows is not null && ++_row < _rows.Count)
        {
            Key = _rows.Number(_row, 0);
            Count++;
            return ValueTask.CompletedTask;
        }

        return NextBatchAsync();
    }

    /// <summary>The current row's cell.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _rows!.Bytes(_row, column);

    /// <summary>The current row's cell.</summary>
    public long Number(int column) => _rows!.Number(_row, column);

    /// <summary>The current row's cell.</summary>
    public string? Text(int column) => _rows!.Text(_row, column);

    /// <summary>The current row's cell.</summary>
    public bool IsNull(int column) => _rows!.IsNull(_row, column);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stop.CancelAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rows?.Dispose();
        while (_batches.Reader.TryRead(out var left))
        {
            left.Dispose();
        }

        _stop.Dispose();
    }

    private async ValueTask NextBatchAsync()
    {
        do
        {
            _rows?.Dispose();
            _rows = null;
            _row = 0;
            if (!await _batches.Reader.WaitToReadAsync(_stop.Token) || !_batches.Reader.TryRead(out _rows))
            {
                (HasRow, Key) = (false, long.MaxValue);
                return;
            }
        }
        while (_rows.Count == 0);
        (HasRow, Key) = (true, _rows.Number(0, 0));
        Count++;
    }

    private async Task PumpAsync(IAsyncEnumerable<LedgerRows> source)
    {
        try
        {
            await foreach (var rows in source.WithCancellation(_stop.Token))
            {
                try
                {
                    await _batches.Writer.WriteAsync(rows, _stop.Token);
                }
                catch (OperationCanceledException)
                {
                    rows.Dispose();
                    throw;
                }
            }

            _batches.Writer.Complete();
        }
        catch (Exception e)
        {
            _batches.Writer.Complete(e);
        }
    }
}
