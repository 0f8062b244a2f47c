using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Google;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.AuditTrail.Anchoring;

/// <summary>Checkpoints in Cloud Logging, against the simulator.</summary>
public sealed class CloudLogAnchorTests
{
    [Fact]
    public async Task Add_Checkpoints_AreWrittenOnceAndReadBack()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false }, TimeProvider.System, CancellationToken.None);
        await using var provider = Provider(simulator);
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        var anchor = new CloudLogAnchor("projects/acme-prod/logs/opsconsole-checkpoints", provider.GetRequiredService<ICheckpointLog>());
        for (var i = 0; i < 3; i++)
        {
            await bench.AppendAsync(AnEvent.Many(5, $"r{i}-"));
            await bench.SealAsync();
        }

        var store = new AnchorStore(bench.Database.Database, bench.Time);
        var checkpoints = await store.AboveAsync(0, 10, CancellationToken.None);
        Assert.IsType<AnchorAnswer.Kept>(await anchor.AddAsync(checkpoints, CancellationToken.None));
        Assert.IsType<AnchorAnswer.Kept>(await anchor.AddAsync(checkpoints, CancellationToken.None));

        var seen = Assert.IsType<AnchorSight.Seen>(await anchor.ReadAsync(10, CancellationToken.None));
        Assert.True(seen.IsAll);
        Assert.Equal(checkpoints.Reverse().Select(static c => c.Signed.ToString()), seen.Checkpoints.Select(static n => System.Text.Encoding.UTF8.GetString(n.Note)));
    }

    [Fact]
    public async Task Add_ToAProjectThatMayNotBeWritten_IsUnavailableAndNamesThePermission()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false }, TimeProvider.System, CancellationToken.None);
        await using var provider = Provider(simulator);
        var anchor = new CloudLogAnchor("projects/another-one/logs/checkpoints", provider.GetRequiredService<ICheckpointLog>());

        var answer = Assert.IsType<AnchorAnswer.Unavailable>(
            await anchor.AddAsync([new StoredCheckpoint(Keys.Checkpoint(1, default), DateTimeOffset.UnixEpoch)], CancellationToken.None));

        Assert.Contains("logging.logEntries.create", answer.Reason, StringComparison.Ordinal);
    }

    private static ServiceProvider Provider(SimulatorHost simulator)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOpsConsoleCore(new GoogleConnection
        {
            Projects = ["acme-prod"],
            CloudRunBaseAddress = simulator.BaseAddress,
            LoggingBaseAddress = simulator.BaseAddress,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
        });
        return services.BuildServiceProvider();
    }
}
