using System.Net;
using System.Net.Mime;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpsConsole.Web.Simulator.CloudRun;
using OpsConsole.Web.Simulator.Control;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator;

/// <summary>
/// A stand-in for Google Cloud on a real socket: Cloud Run Admin API v2, Cloud Logging v2 and, under
/// <c>/simulator</c>, the controls that only a simulator has.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private readonly CloudRunApi cloudRun;

    private readonly WorkloadRunner services;

    private readonly TimeProvider time;

    private readonly CancellationTokenSource stop = new();

    private readonly Task traffic;

    private AuditDelivery? delivery;

    private Task delivering = Task.CompletedTask;

    private int disposed;

    private SimulatorHost(WebApplication app, CloudRunApi cloudRun, WorkloadRunner services, TimeProvider time, bool live)
    {
        this.app = app;
        this.cloudRun = cloudRun;
        this.services = services;
        this.time = time;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        BaseAddress = new Uri(address.TrimEnd('/') + "/");
        traffic = live ? Task.Run(() => services.RunAsync(stop.Token)) : Task.CompletedTask;
    }

    /// <summary>The services that write audit records, by short name.</summary>
    public static IReadOnlyList<string> AuditSources { get; } = ["checkout", "accounts", "billing", "webhooks"];

    /// <summary>How the delivery of audit records goes: how many the ledger has taken, and its last refusal. Null without a ledger.</summary>
    public (int Taken, string? Problem)? AuditDelivered => delivery is { } active ? (active.Taken, active.Problem) : null;

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Starts a simulator; it answers when the task ends.</summary>
    /// <param name="options">How the project is set up.</param>
    /// <param name="time">The clock of operations, of latency and of the workload.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var logs = new LogStore(time);
        var faults = new FaultBook();
        var admin = new CloudRunApi(options, logs, faults, time);
        var workload = new WorkloadRunner(admin.Fleet, logs, time, options.Seed);
        var now = time.GetUtcNow();
        await Task.Run(() => workload.BackfillTo(now, options.History + (now - (options.Since ?? now))), cancellationToken);

        var web = Build(options, time);
        web.UseRouting();
        web.UseMiddleware<FaultMiddleware>(faults, time, options.Project);
        admin.Map(web);
        web.MapLogging(logs, time, new LoggingOptions { Project = options.Project, ProjectNumber = SimulatorOptions.ProjectNumber, Seed = options.Seed });
        web.MapTruth(workload);
        web.MapFaults(faults);
        web.MapRequests(workload, options.LiveTraffic);
        web.MapFallback(NotFoundAsync);
        try
        {
            await web.StartAsync(cancellationToken);
            return new SimulatorHost(web, admin, workload, time, options.LiveTraffic);
        }
        catch
        {
            admin.Dispose();
            await web.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on the services' audit records go to this ledger: those of the past in batches, new ones when they are committed.</summary>
    /// <exception cref="InvalidOperationException">They go to a ledger already.</exception>
    public void DeliverAuditTo(AuditLedger ledger)
    {
        if (delivery is not null)
        {
            throw new InvalidOperationException("The audit records go to a ledger already.");
        }

        delivery = new AuditDelivery(services.Outbox, ledger, time);
        delivering = Task.Run(() => delivery.RunAsync(stop.Token));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        await stop.CancelAsync();
        await app.StopAsync();
        cloudRun.Dispose();
        await app.DisposeAsync();
        await traffic.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await delivering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        delivery?.Dispose();
        stop.Dispose();
    }

    private static WebApplication Build(SimulatorOptions options, TimeProvider time)
    {
        // The empty builder reads no settings, environment or command line: inside the console's own process the
        // simulator must not pick up the console's --urls, log levels or Ctrl+C handling.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SimulatorHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton(time);
        return builder.Build();
    }

    /// <summary>An unknown path gets a page, not JSON, as Google's front end does it.</summary>
    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = MediaTypeNames.Text.Html;
        return context.Response.WriteAsync(
            "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That’s an error.</ins>\n",
            context.RequestAborted);
    }

    /// <summary>The owner of the host decides when it ends, not a signal to the process.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
