using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Google;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary><c>audit verify</c> reads the checkpoints that the console wrote to a log of Cloud Logging.</summary>
public sealed class VerifyCloudLogTests : IAsyncLifetime
{
    private const string LogName = "projects/acme-prod/logs/opsconsole-checkpoints";
    private TamperedLog _log = null!;
    private SimulatorHost _simulator = null!;

    public async Task InitializeAsync()
    {
        _log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);
        _simulator = await SimulatorHost.StartAsync(new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false }, TimeProvider.System, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task AnchorLogOfTheSettings_IsCompared()
    {
        await WriteAsync(await KeptAsync());

        var (exit, output) = await VerifyAsync("acme-prod");

        Assert.True(exit == 0, output);
        Assert.Contains("8 anchors", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnchorLogThatHasSeenMore_IsARollback()
    {
        await WriteAsync([.. await KeptAsync(), new StoredCheckpoint(new Checkpoint(AuditBench.Origin, 900, default).Sign(AuditBench.LogKey.AsLog()), _log.Time.GetUtcNow())]);

        var (exit, output) = await VerifyAsync("acme-prod");

        Assert.True(exit == 1, output);
        Assert.Contains("the entry of projects/acme-prod/logs/opsconsole-checkpoints at", output, StringComparison.Ordinal);
        Assert.Contains("900", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnchorLogThatMayNotBeRead_IsSaid()
    {
        var (exit, output) = await VerifyAsync("acme-prod", "projects/another-one/logs/checkpoints");

        Assert.True(exit == 0, output);
        Assert.Contains("The anchor log:projects/another-one/logs/checkpoints could not be read", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnchorLogWithoutAProject_IsSaid()
    {
        var (exit, output) = await VerifyAsync(project: null);

        Assert.True(exit == 0, output);
        Assert.Contains($"The anchor {LogName} was not read", output, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<StoredCheckpoint>> KeptAsync() =>
        await new Core.Storage.Audit.AnchorStore(_log.Database, _log.Time).AboveAsync(0, 10, CancellationToken.None);

    private async Task WriteAsync(IReadOnlyList<StoredCheckpoint> checkpoints)
    {
        var services = new ServiceCollection().AddLogging().AddOpsConsoleCore(new GoogleConnection
        {
            Projects = ["acme-prod"],
            CloudRunBaseAddress = _simulator.BaseAddress,
            LoggingBaseAddress = _simulator.BaseAddress,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
        });
        await using var provider = services.BuildServiceProvider();
        Assert.IsType<AnchorAnswer.Kept>(await new CloudLogAnchor(LogName, provider.GetRequiredService<ICheckpointLog>()).AddAsync(checkpoints, CancellationToken.None));
    }

    private async Task<(int Exit, string Output)> VerifyAsync(string? project, string logName = LogName)
    {
        var output = new StringWriter();
        var settings = new CommandLineSettings
        {
            Data = _log.Folder,
            Projects = project is null ? [] : [project],
            Set =
            [
                $"Audit:Origin={AuditBench.Origin}", $"Audit:AnchorLog={logName}", "Google:Credentials=None", "Google:ResourceManagerAddress=",
                $"Google:LoggingAddress={_simulator.BaseAddress}", $"Google:CloudRunAddress={_simulator.BaseAddress}",
            ],
        };
        var exit = await VerifyLogCommand.RunAsync(
            new VerifyLogArguments(settings, null, null, false, null, [AuditBench.LogKey.AsLog().Key.ToString()], []), output, output, false, CancellationToken.None);
        return (exit, output.ToString());
    }
}
