using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Google;
using OpsConsole.Core.Storage;
using OpsConsole.Testing;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.BackgroundActivity.Sources;

/// <summary>The sources as the console wires them, before a simulated project on a real socket, all on one clock that a test moves.</summary>
internal sealed class SourceBench : IAsyncDisposable
{
    public const string Project = "acme-prod";

    /// <summary>Unlike any other wait in the console, so that a test can tell whose wait it sees.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(7);

    private readonly SimulatorHost _simulator;
    private readonly ServiceProvider _services;
    private readonly string _folder;

    private SourceBench(ManualTimeProvider time, SimulatorHost simulator, ServiceProvider services, string folder)
    {
        Time = time;
        _simulator = simulator;
        _services = services;
        _folder = folder;
        Http = new HttpClient { BaseAddress = simulator.BaseAddress };
    }

    public ManualTimeProvider Time { get; }

    public HttpClient Http { get; }

    public AnalysisCatalog Catalog => _services.GetRequiredService<AnalysisCatalog>();

    public static async Task<SourceBench> StartAsync(TimeSpan history)
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { History = history, LiveTraffic = false }, time, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("opsconsole-").FullName;
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new ConsoleDatabase(Path.Combine(folder, "console.db")))
            .AddOpsConsoleCore(new GoogleConnection
            {
                Projects = [Project],
                CloudRunBaseAddress = simulator.BaseAddress,
                LoggingBaseAddress = simulator.BaseAddress,
                ResourceManagerBaseAddress = null,
                Credentials = GoogleCredentials.None,
            })
            .AddBackgroundActivity(_ => new SourceSettings
            {
                UploadFolder = Path.Combine(folder, "uploads"),
                WindowFolder = Path.Combine(folder, "windows"),
                Poll = Poll,
                LiveWindow = history,
            });
        return new SourceBench(time, simulator, services.BuildServiceProvider(), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Http.Dispose();
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
