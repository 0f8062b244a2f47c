using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

public sealed class StallTests
{
    [Fact]
    public async Task Stall_IsAnAlarmAndAnEvent_AndSoIsItsEnd()
    {
        var time = new ManualTime();
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite, time);
        await bench.AppendAsync(AnEvent.Many(3));
        await using var session = (await bench.SealStore.OpenAsync(CancellationToken.None))!;
        var run = new SealRun(await session.LoadAsync(CancellationToken.None));
        var sealer = bench.Sealer(batch: 1);

        time.Advance(TimeSpan.FromSeconds(11));
        await sealer.PassAsync(session, run, CancellationToken.None);
        var alarm = Assert.Single(bench.Health.Current.Alarms);
        Assert.Contains("Sealing is behind: 2 events wait", alarm, StringComparison.Ordinal);
        Assert.Equal(2, bench.Health.Current.Unsealed);

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await sealer.PassAsync(session, run, CancellationToken.None);
        }

        Assert.Empty(bench.Health.Current.Alarms);
        var stalls = await bench.Reader.OwnActsAsync(new AuditQuery { Actions = [AuditActions.SealerStall] }, CancellationToken.None).ToListAsync();
        Assert.Equal([AuditOutcome.Failure, AuditOutcome.Success], stalls.OrderBy(static r => r.Position.Sequence).Select(static r => r.Event.Outcome));
    }
}
