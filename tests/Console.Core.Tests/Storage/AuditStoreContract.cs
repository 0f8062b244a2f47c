using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>What appending promises in both databases.</summary>
public abstract class AuditStoreContract(DatabaseKind kind) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private AuditStore _store = null!;

    protected TestDatabase Database => _database;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(kind);
        _store = new AuditStore(_database.Database, TimeProvider.System, new SealSignals());
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Append_NewEvents_GivesAReceiptForEach()
    {
        var results = await _store.AppendAsync(AnEvent.Many(3), AuditVia.Api, "token-1", CancellationToken.None);

        var receipts = results.Select(static r => Assert.IsType<AppendResult.Recorded>(r).Receipt).ToList();
        Assert.Equal(["e0", "e1", "e2"], receipts.Select(static r => r.Id));
        Assert.Equal([1L, 2L, 3L], receipts.Select(static r => r.Sequence));
        Assert.Equal(3L, await _database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox WHERE via = 'api' AND appended_by = 'token-1'"));
        Assert.All(receipts, static r => Assert.Equal(0, r.RecordedAt.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    [Fact]
    public async Task Append_SameIdAndContent_GivesTheFirstReceipt()
    {
        var first = await _store.AppendAsync([AnEvent.Of("a")], AuditVia.Api, "t", CancellationToken.None);

        var again = await _store.AppendAsync([AnEvent.Of("a")], AuditVia.Api, "t", CancellationToken.None);

        Assert.Equal(((AppendResult.Recorded)first[0]).Receipt, Assert.IsType<AppendResult.Duplicate>(again[0]).Receipt);
        Assert.Equal(1L, await _database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
    }

    [Fact]
    public async Task Append_SameIdOtherContent_IsAConflictAndTheOthersAreRecorded()
    {
        await _store.AppendAsync([AnEvent.Of("a")], AuditVia.Api, "t", CancellationToken.None);

        var results = await _store.AppendAsync(
            [AnEvent.Of("a", outcome: AuditOutcome.Denied), AnEvent.Of("a", workspace: "other"), AnEvent.Of("b"), AnEvent.Of("b")],
            AuditVia.Api,
            "t",
            CancellationToken.None);

        Assert.IsType<AppendResult.Conflict>(results[0]);
        Assert.IsType<AppendResult.Recorded>(results[1]);
        Assert.IsType<AppendResult.Recorded>(results[2]);
        Assert.IsType<AppendResult.Duplicate>(results[3]);
        Assert.Equal(3L, await _database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
    }

    [Fact]
    public async Task Append_OfNoEvent_IsRefusedWithASentence()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            _store.AppendAsync([AnEvent.Of("ok"), AnEvent.Of("b", action: "Not An Action")], AuditVia.Api, "t", CancellationToken.None));

        Assert.Contains("action", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await _database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
    }

    [Fact]
    public async Task Append_FromMany_LosesNothing()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), async (writer, cancellationToken) =>
        {
            for (var i = 0; i < 20; i++)
            {
                await _store.AppendAsync([AnEvent.Of($"w{writer}-{i}")], AuditVia.Api, "t", cancellationToken);
            }
        });

        Assert.Equal(160L, await _database.ScalarAsync<long>("SELECT count(DISTINCT seq) FROM audit.inbox"));
        Assert.Equal(160L, await _database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt"));
    }

    [Theory]
    [InlineData("UPDATE audit.inbox SET body = '{}'")]
    [InlineData("DELETE FROM audit.inbox")]
    [InlineData("UPDATE audit.receipt SET seq = 9")]
    [InlineData("UPDATE audit.receipt SET salt = NULL")]
    [InlineData("DELETE FROM audit.receipt")]
    public async Task Rows_ChangedByHand_AreDefended(string tamper)
    {
        await _store.AppendAsync([AnEvent.Of("a")], AuditVia.Api, "t", CancellationToken.None);

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _database.ExecuteAsync(tamper));

        Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_Twice_ChangesNothing()
    {
        await _store.AppendAsync([AnEvent.Of("a")], AuditVia.Api, "t", CancellationToken.None);

        await _database.Database.MigrateAsync(CancellationToken.None);

        Assert.Equal(1L, await _database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
    }
}
