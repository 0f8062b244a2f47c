using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.AuditTrail.Api;
using OpsConsole.Web.Simulator;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Hosting;

/// <summary>
/// Demo only: makes a token for each simulated service that writes audit records, as an administrator would, and tells the simulator where the
/// records go. They then come in as any application's do: over HTTP, each at its time.
/// </summary>
internal sealed class DemoLedger(ApiTokens tokens, ILogger<DemoLedger> logger)
{
    private const string Workspaces = "ws-*";
    private static readonly Actor Demo = new("demo", "The demo itself", [Role.Admin]);

    /// <summary>Connects both.</summary>
    /// <param name="simulator">Runs.</param>
    /// <param name="console">An address that the console listens on.</param>
    /// <param name="database">Ends when the database is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ConnectAsync(SimulatorHost simulator, Uri console, Task database, CancellationToken cancellationToken)
    {
        try
        {
            await database.WaitAsync(cancellationToken);
            var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
            var known = await tokens.ListAsync(cancellationToken);
            foreach (var service in SimulatorHost.AuditSources)
            {
                // Of the last start: its secret is gone with that.
                foreach (var old in known.Where(t => t.Name == service && t.MadeBy == Demo.Id && t.RevokedAt is null))
                {
                    await tokens.RevokeAsync(Demo, old.Id, cancellationToken);
                }

                var made = await tokens.MakeAsync(Demo, new ApiTokenRequest(service, Workspaces, ApiScope.AppendEvents, 30), cancellationToken);
                if (made.Secret is { } secret)
                {
                    secrets[service] = secret;
                }
                else
                {
                    Log.NoDemoToken(logger, service, made.Error!.Message);
                }
            }

            simulator.DeliverAuditTo(new AuditLedger(new Uri(console, EventsEndpoint.Path), secrets));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The console stops.
        }
        catch (AuditUnavailableException e)
        {
            Log.NoDemoToken(logger, "any service", e.Message);
        }
    }
}
