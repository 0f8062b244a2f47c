using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Api;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Operations;
using OpsConsole.Web.Simulator.CloudRun.Seed;
using OpsConsole.Web.Simulator.Control;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>Cloud Run Admin API v2, with the v1 list of locations that v2 lacks: its state, its seed and its endpoints.</summary>
internal sealed class CloudRunApi : IDisposable
{
    private readonly Store store = new();

    private readonly Geography geography;

    private readonly Ids ids;

    private readonly FleetView fleet;

    private readonly AuditLog audit;

    private readonly OperationStore operations;

    private readonly Mutations mutations;

    private readonly FaultBook faults;

    private readonly LogStore logs;

    private readonly TimeProvider time;

    public CloudRunApi(SimulatorOptions options, LogStore logs, FaultBook faults, TimeProvider time)
    {
        this.faults = faults;
        this.logs = logs;
        this.time = time;
        geography = new Geography(options.Project, SimulatorOptions.ProjectNumber);
        ids = new Ids(options.Seed);
        fleet = new FleetView(store, geography);
        audit = new AuditLog(logs, geography, ids);
        operations = new OperationStore(time, store);
        mutations = new Mutations(operations, faults, audit, ids, time, TimeSpan.FromSeconds(options.OperationSeconds));
        new Seeder(
            store, geography, new ParentWriter(store, geography, ids), new JobWriter(store, geography, ids), new ExecutionRunner(store, geography, ids, logs),
            new Rollout(store), audit, ids).Run(options.Since ?? time.GetUtcNow());
        WriteWorkerPoolLogs(options.Since ?? time.GetUtcNow(), options.History);
    }

    /// <summary>The services for the workload.</summary>
    public IWorkloadFleet Fleet => fleet;

    public void Map(IEndpointRouteBuilder app)
    {
        var routes = new ApiRoutes(app, geography, time);
        var (writer, rollout, remover) = (new ParentWriter(store, geography, ids), new Rollout(store), new Remover(store));
        var runner = new ExecutionRunner(store, geography, ids, logs);
        foreach (var kind in (ParentKind[])[ParentKind.Service, ParentKind.WorkerPool])
        {
            new ParentsApi(kind, store, geography, writer, rollout, remover, mutations, audit, faults, fleet.Changed).Map(routes);
            new RevisionsApi(kind, store, remover, mutations, fleet.Changed).Map(routes);
        }

        new JobsApi(store, new JobWriter(store, geography, ids), runner, remover, mutations, audit).Map(routes);
        new ExecutionsApi(store, runner, remover, mutations).Map(routes);
        new OperationsApi(operations).Map(routes);
        MapLocations(app);
    }

    public void Dispose() => operations.Dispose();

    /// <summary>Worker pools get no requests, so they are no part of the workload: their past lines are written here, once.</summary>
    private void WriteWorkerPoolLogs(DateTimeOffset now, TimeSpan history)
    {
        foreach (var pool in store.List($"projects/{geography.Project}/locations/-/workerPools/-"))
        {
            JobEntries.WorkerPool(
                logs,
                geography.Project,
                ResourceName.LocationOf(pool.Text("name")),
                ResourceName.Short(pool.Text("name")),
                ResourceName.Short(pool.Text("latestReadyRevision")),
                pool.Child("scaling").Number("manualInstanceCount"),
                now - history,
                now);
        }
    }

    /// <summary>
    /// <c>GET /v1/projects/P/locations</c>. Whether v2 has the same over REST is UNCONFIRMED ("v2 API doesn't support listing
    /// locations, so we use v1", says a client's author): here it does not.
    /// </summary>
    private void MapLocations(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/projects/{project}/locations", async context =>
        {
            Reply reply;
            if (geography.IsProject((string)context.Request.RouteValues["project"]!))
            {
                reply = Reply.Plain(new JsonObject { ["locations"] = new JsonArray([.. geography.Regions.Select(Location)]) });
            }
            else
            {
                reply = ApiError.PermissionDenied(
                    $"Permission 'run.locations.list' denied on resource 'projects/{context.Request.RouteValues["project"]}' (or it may not exist).");
            }

            await reply.WriteAsync(context);
        }).WithMetadata(new ApiMethod("run.locations.list", []));

    private JsonObject Location(string region) => new()
    {
        ["name"] = geography.Location(region),
        ["locationId"] = region,
        ["displayName"] = region,
        ["labels"] = new JsonObject { ["cloud.googleapis.com/region"] = region },
    };
}
