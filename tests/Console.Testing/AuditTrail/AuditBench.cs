using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>An audit trail over a real database of its own: append, seal, read, and look inside.</summary>
public sealed class AuditBench : IAsyncDisposable
{
    /// <summary>Origin of its checkpoints.</summary>
    public const string Origin = "audit.test/log";

    /// <summary>The log's key; the same in every bench.</summary>
    public static SigningKey LogKey { get; } = new(Origin, Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray());

    private AuditBench(TestDatabase database, TimeProvider time)
    {
        Database = database;
        Time = time;
        Store = new AuditStore(database.Database, time, Signals);
        Reader = new AuditReader(database.Database, time, Signals);
        SealStore = new SealStore(database.Database, time);
        Log = new SealedLog(database.Database, time);
        Receipts = new SealedReceipts(Log, Signals, time);
        Trail = new Core.AuditTrail.AuditTrail(Store);
    }

    /// <summary>The database.</summary>
    public TestDatabase Database { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What the parts tell each other.</summary>
    public SealSignals Signals { get; } = new();

    /// <summary>Appending.</summary>
    public AuditStore Store { get; }

    /// <summary>The console's own acts.</summary>
    public IAuditTrail Trail { get; }

    /// <summary>Reading.</summary>
    public AuditReader Reader { get; }

    /// <summary>The sealer's place.</summary>
    public SealStore SealStore { get; }

    /// <summary>The log.</summary>
    public SealedLog Log { get; }

    /// <summary>Waiting for the seal.</summary>
    public SealedReceipts Receipts { get; }

    /// <summary>Health as the last sealer told it.</summary>
    public SealHealth Health { get; } = new();

    /// <summary>The log's key; the same in every bench.</summary>
    public SigningKey Key => LogKey;

    /// <summary>Makes one.</summary>
    /// <param name="kind">Which database.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public static async Task<AuditBench> CreateAsync(DatabaseKind kind, TimeProvider? time = null) => new(await TestDatabase.CreateAsync(kind), time ?? TimeProvider.System);

    /// <summary>A sealer; it signs at every pass.</summary>
    /// <param name="store">The store it seals; this bench's own by default.</param>
    /// <param name="batch">Events of one transaction.</param>
    public Sealer Sealer(ISealStore? store = null, int batch = 10_000) => new(
        store ?? SealStore,
        new LogKeys(Origin, [Key]),
        new SealerOptions { Origin = Origin, BatchSize = batch, CheckpointInterval = TimeSpan.Zero, Interval = TimeSpan.FromMilliseconds(20) },
        Signals,
        Health,
        new SystemEvents(Store, Time),
        Time,
        NullLogger<Sealer>.Instance);

    /// <summary>Commits events.</summary>
    public Task<IReadOnlyList<AppendResult>> AppendAsync(params IReadOnlyList<AuditEvent> events) => Store.AppendAsync(events, AuditVia.Api, "bench", CancellationToken.None);

    /// <summary>Seals, signs and indexes all that waits; without the sealer's own events of start and stop.</summary>
    public async Task SealAsync(ISealStore? store = null, int batch = 10_000)
    {
        await using var session = await (store ?? SealStore).OpenAsync(CancellationToken.None) ?? throw new InvalidOperationException("Another sealer is at work.");
        var run = new SealRun(await session.LoadAsync(CancellationToken.None));
        var sealer = Sealer(store, batch);

        // Gaps are judged one look later than they are seen.
        for (var pass = 0; pass < 2 || (await session.BacklogAsync(CancellationToken.None)).Count > 0; pass++)
        {
            while (await sealer.PassAsync(session, run, CancellationToken.None))
            {
            }
        }
    }

    /// <summary>
    /// The same until all numbers that were given out are judged. Whatever has a transaction open on the same server holds that up, in any of its databases,
    /// so other tests do.
    /// </summary>
    public async Task SettleAsync()
    {
        var isPostgres = Database.Database.Kind == DatabaseKind.Postgres;
        var given = isPostgres ? "(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit.event_seq)" : "(SELECT coalesce(max(seq), 0) FROM audit.receipt)";
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            await SealAsync();
            if (await Database.ScalarAsync<long>($"SELECT {given} - coalesce((SELECT max(value) FROM audit.progress WHERE name = 'settled'), 0)") <= 0)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(5))
            {
                throw new InvalidOperationException($"Some numbers cannot be judged. Transactions that are open: {(isPostgres ? await OpenAsync() : "none can be")}.");
            }

            await Task.Delay(50);
        }
    }

    private Task<string> OpenAsync() => Database.ScalarAsync<string>(
        """
        SELECT coalesce(string_agg(format('%s in %s for %s: %s', pid, datname, now() - xact_start, left(query, 120)), '; ' ORDER BY xact_start), 'none')
        FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()
        """);

    /// <summary>An event that records a reading.</summary>
    public AuditEvent Access(string action = AuditActions.AuditSearch) => AnEvent.Of(Guid.NewGuid().ToString(), action, workspace: AuditWorkspaces.Console, resource: null, source: null);

    /// <summary>The newest checkpoint, its signature checked, and its root made anew from the stored leaves.</summary>
    /// <exception cref="InvalidOperationException">They do not agree.</exception>
    public async Task<Checkpoint> VerifyAsync()
    {
        var stored = await Log.LatestAsync(CancellationToken.None) ?? throw new InvalidOperationException("There is no checkpoint.");
        if (stored.Signed.Verify([Key.AsLog().Key]) is NoteVerification.Refused refused)
        {
            throw new InvalidOperationException(refused.Reason);
        }

        var tree = new CompactRange();
        await foreach (var leaf in Log.LeavesAsync(0, stored.Size, CancellationToken.None))
        {
            if (leaf.Index != tree.Size)
            {
                throw new InvalidOperationException($"Leaf {tree.Size} is missing.");
            }

            tree.Append(TreeHasher.Leaf(leaf.Bytes));
        }

        return tree.Root() == stored.Signed.Checkpoint.Root && await new TiledTree(Log, stored.Size).RootAsync(CancellationToken.None) == tree.Root()
            ? stored.Signed.Checkpoint
            : throw new InvalidOperationException("The root of the stored leaves, of the tiles and of the checkpoint differ.");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
