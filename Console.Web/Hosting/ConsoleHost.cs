using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Storage;
using OpsConsole.Web.Access;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Hosting;

/// <summary>The running console: data folder, database, simulated project in demo mode, and the web server.</summary>
public sealed class ConsoleHost : IAsyncDisposable
{
    private readonly ConsoleSettings _settings;
    private readonly DataFolder _folder;
    private readonly ConsoleDatabase _database;
    private readonly SimulatorHost? _simulator;
    private readonly WebApplication _app;

    private ConsoleHost(ConsoleSettings settings, DataFolder folder, ConsoleDatabase database, SimulatorHost? simulator, WebApplication app)
    {
        _settings = settings;
        _folder = folder;
        _database = database;
        _simulator = simulator;
        _app = app;
        Addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
    }

    /// <summary>Addresses it listens on, with the ports it really got.</summary>
    public IReadOnlyList<string> Addresses { get; }

    // An address to reach it at from this machine: 0.0.0.0 and [::] are none.
    private Uri LocalAddress => new(Addresses[0].Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//[::1]:", StringComparison.Ordinal));

    /// <summary>Where the simulated project answers; null with real projects.</summary>
    public Uri? SimulatorAddress => _simulator?.BaseAddress;

    /// <summary>Its services, for tests.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <summary>What the terminal shows once the console is up.</summary>
    public string Banner => StartBanner.Of(_settings, Addresses, _folder.Path, SimulatorAddress, _app.Services.GetRequiredService<StartToken>());

    /// <summary>What the terminal says of each real project's permissions; empty in demo mode. Asks Google.</summary>
    public async Task<IReadOnlyList<string>> AccessReportAsync(CancellationToken cancellationToken) =>
        _settings.Demo ? [] : await AccessReport.OfAsync(_settings.Projects, _app.Services.GetRequiredService<IProjectAccess>(), cancellationToken);

    /// <summary>Starts everything; the console answers when the task ends.</summary>
    /// <exception cref="StartException">It cannot start; the message says what to do.</exception>
    public static Task<ConsoleHost> StartAsync(ConsoleSettings settings, CancellationToken cancellationToken) => StartAsync(settings, null, cancellationToken);

    /// <summary>The same with services of a test's own in the place of some.</summary>
    internal static async Task<ConsoleHost> StartAsync(ConsoleSettings settings, Action<IServiceCollection>? adjust, CancellationToken cancellationToken)
    {
        var folder = DataFolder.Open(settings.Data);
        SimulatorHost? simulator = null;
        WebApplication? app = null;
        ConsoleDatabase? database = null;
        try
        {
            database = ConsoleDatabase.For(settings.Database.Connection, folder.Database);
            var wait = new DatabaseWait(database, TimeProvider.System);
            await wait.StartAsync(cancellationToken);
            if (settings.Demo)
            {
                simulator = await SimulatorHost.StartAsync(SimulatedProject.Options(settings.Simulator, folder.Path, TimeProvider.System.GetUtcNow()), TimeProvider.System, cancellationToken);
            }

            app = ConsoleApp.Build(settings, folder, database, wait, simulator?.BaseAddress, adjust);

            // Now, so that a key that cannot be used stops the start with a sentence.
            app.Services.GetRequiredService<LogKeys>();
            await app.StartAsync(cancellationToken);
            var host = new ConsoleHost(settings, folder, database, simulator, app);
            if (simulator is not null)
            {
                var connected = app.Services.GetRequiredService<DemoLedger>().ConnectAsync(simulator, host.LocalAddress, wait.Ready, app.Lifetime.ApplicationStopping);
                if (wait.Missing is null)
                {
                    await connected;
                }
            }

            return host;
        }
        catch (Exception e)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            if (simulator is not null)
            {
                await simulator.DisposeAsync();
            }

            database?.Dispose();
            folder.Dispose();
            if (e is System.Net.Sockets.SocketException)
            {
                throw new StartException($"it cannot listen on {settings.Urls}: {e.Message}.", e);
            }

            if (e is DatabaseException or IOException or KeyFileException or PlatformNotSupportedException)
            {
                throw new StartException(e.Message, e);
            }

            throw;
        }
    }

    /// <summary>Waits until the console is told to stop (Ctrl+C, SIGTERM, or the token) and has drained.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken) => await _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
