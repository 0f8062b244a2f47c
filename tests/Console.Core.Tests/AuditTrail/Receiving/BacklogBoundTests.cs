using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Receiving;

public sealed class BacklogBoundTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Count_Unsealed_CountsWhatWaits_AndStopsAtTheMost(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var store = new AuditStore(database.Database, TimeProvider.System, new SealSignals());
        var count = new WaitingCount(database.Database, TimeProvider.System);
        Assert.Equal(0, await count.CountAsync(10, CancellationToken.None));

        await store.AppendAsync([.. Enumerable.Range(0, 12).Select(static i => AnEvent.Of($"e{i}"))], AuditVia.Api, "billing", CancellationToken.None);

        Assert.Equal(12, await count.CountAsync(100, CancellationToken.None));
        Assert.Equal(10, await count.CountAsync(10, CancellationToken.None));
    }

    [Fact]
    public async Task IsReached_CountsOnceInAWhile_AndForgetsAfterwards()
    {
        var counted = new Counted { Now = 5 };
        var bound = new BacklogBound(5, counted, _time);
        Assert.True(await bound.IsReachedAsync(CancellationToken.None));

        counted.Now = 4;
        Assert.True(await bound.IsReachedAsync(CancellationToken.None));
        _time.Advance(BacklogBound.Good);
        Assert.False(await bound.IsReachedAsync(CancellationToken.None));
        Assert.Equal(2, counted.Times);
    }

    private sealed class Counted : IWaitingCount
    {
        public long Now { get; set; }

        public int Times { get; private set; }

        public Task<long> CountAsync(long most, CancellationToken cancellationToken)
        {
            Times++;
            return Task.FromResult(Math.Min(most, Now));
        }
    }
}
