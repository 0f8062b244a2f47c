using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace OpsConsole.Web.Simulator;

/// <summary>
/// A stand-in for Google Cloud on a real socket: Cloud Run Admin API v2, Cloud Logging v2 and, under
/// <c>/simulator</c>, the controls that only a simulator has.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SimulatorHost(WebApplication app, Uri baseAddress)
    {
        this.app = app;
        BaseAddress = baseAddress;
    }

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Starts a simulator; it answers when the task ends.</summary>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // The empty builder reads no settings, environment or command line: inside the console's own process the
        // simulator must not pick up the console's --urls, log levels or Ctrl+C handling.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "simulator" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton(time);

        var web = builder.Build();
        web.MapGet("/simulator", () => Results.Text($"Simulated project {options.Project}\n"));

        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch
        {
            await web.DisposeAsync();
            throw;
        }

        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new SimulatorHost(web, new Uri(address.TrimEnd('/') + "/"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>The owner of the host decides when it ends, not a signal to the process.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
