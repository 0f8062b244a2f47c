using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>A console that does not seal knows what the one that does has done.</summary>
public sealed class SealOnlookerTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Look_BeforeAndAfterAnotherConsoleSeals_ShowsItsFiguresAndSignals(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        var (onlooker, health, signals) = Beside(bench, TimeProvider.System);
        await bench.Store.AppendAsync(AnEvent.Many(3), AuditVia.Api, "billing", CancellationToken.None);

        await onlooker.LookAsync(CancellationToken.None);
        Assert.Equal((3, 0), (health.Current.Unsealed, health.Current.TreeSize));
        Assert.NotNull(health.Current.OldestUnsealed);

        var signed = signals.Signed;
        await bench.SealAsync();
        await onlooker.LookAsync(CancellationToken.None);
        Assert.Equal((0, null), (health.Current.Unsealed, health.Current.OldestUnsealed));
        Assert.True(health.Current.TreeSize >= 3);
        Assert.Equal(health.Current.TreeSize, health.Current.CheckpointSize);
        Assert.True(signed.IsCompleted);
        Assert.Empty(health.Current.Alarms);
    }

    [Fact]
    public async Task Look_TheOtherConsoleStandsStill_IsAnAlarmHereToo()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        await bench.Store.AppendAsync(AnEvent.Many(1), AuditVia.Api, "billing", CancellationToken.None);
        var (onlooker, health, _) = Beside(bench, new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(1)));

        await onlooker.LookAsync(CancellationToken.None);

        Assert.StartsWith("Sealing, by another console, is behind: 1 events wait", Assert.Single(health.Current.Alarms), StringComparison.Ordinal);
    }

    private static (SealOnlooker Onlooker, SealHealth Health, SealSignals Signals) Beside(AuditBench bench, TimeProvider time)
    {
        var health = new SealHealth();
        var signals = new SealSignals();
        return (new SealOnlooker(bench.Log, new InboxFigures(bench.Database.Database, time), new SealerOptions { Origin = AuditBench.Origin }, signals, health, time), health, signals);
    }
}
