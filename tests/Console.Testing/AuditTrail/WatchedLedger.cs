using System.Collections.Concurrent;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>A real ledger, with somebody who counts what is read of it and may hold the reader up at a leaf.</summary>
public sealed class WatchedLedger(ILedgerSource source) : ILedgerSource
{
    /// <inheritdoc />
    public string Name => source.Name;

    /// <summary>Rows that were read, of each table.</summary>
    public ConcurrentDictionary<LedgerTable, long> Rows { get; } = new();

    /// <summary>How often each table was begun to be read.</summary>
    public ConcurrentDictionary<LedgerTable, int> Scans { get; } = new();

    /// <summary>Nobody gets events from this index on while <see cref="Gate"/> is not set.</summary>
    public long HoldFrom { get; set; } = long.MaxValue;

    /// <summary>Opens the way.</summary>
    public TaskCompletionSource Gate { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc />
    public async Task<ILedgerSnapshot> OpenAsync(CancellationToken cancellationToken) => new Snapshot(this, await source.OpenAsync(cancellationToken));

    private sealed class Snapshot(WatchedLedger ledger, ILedgerSnapshot snapshot) : ILedgerSnapshot
    {
        public bool NumbersRollBack => snapshot.NumbersRollBack;

        public async IAsyncEnumerable<LedgerRows> ReadAsync(
            LedgerTable table, long from, long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            ledger.Scans.AddOrUpdate(table, 1, static (_, n) => n + 1);
            await foreach (var rows in snapshot.ReadAsync(table, from, to, cancellationToken))
            {
                if (table == LedgerTable.Event && rows.Count > 0 && rows.Number(rows.Count - 1, 0) >= ledger.HoldFrom)
                {
                    await ledger.Gate.Task.WaitAsync(cancellationToken);
                }

                ledger.Rows.AddOrUpdate(table, rows.Count, (_, n) => n + rows.Count);
                yield return rows;
            }
        }

        public Task<long?> LastAsync(LedgerTable table, CancellationToken cancellationToken) => snapshot.LastAsync(table, cancellationToken);

        public Task<long> CountAsync(LedgerTable table, CancellationToken cancellationToken) => snapshot.CountAsync(table, cancellationToken);

        public Task<long> LastNumberAsync(CancellationToken cancellationToken) => snapshot.LastNumberAsync(cancellationToken);

        public Task<(long From, long To)> SealedAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken) => snapshot.SealedAsync(from, to, cancellationToken);

        public IAsyncEnumerable<LedgerRows> WithActionAsync(string action, CancellationToken cancellationToken) => snapshot.WithActionAsync(action, cancellationToken);

        public Task<string?> WhyWordsAreNotFoundAsync(CancellationToken cancellationToken) => snapshot.WhyWordsAreNotFoundAsync(cancellationToken);

        public Task<string?> WhyRowsAreNotFoundAsync(CancellationToken cancellationToken) => snapshot.WhyRowsAreNotFoundAsync(cancellationToken);

        public Task<IReadOnlyList<string>> MissingGuardsAsync(CancellationToken cancellationToken) => snapshot.MissingGuardsAsync(cancellationToken);

        public ValueTask DisposeAsync() => snapshot.DisposeAsync();
    }
}
