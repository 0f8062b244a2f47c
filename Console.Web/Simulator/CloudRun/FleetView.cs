using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Wire;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>The services as the workload needs them.</summary>
internal sealed class FleetView(Store store, Geography geography) : IWorkloadFleet
{
    public event Action<string>? ServiceChanged;

    public IReadOnlyList<WorkloadService> Snapshot()
    {
        lock (store.Gate)
        {
            return [.. store.List($"projects/{geography.Project}/locations/-/services/-").Select(Service)];
        }
    }

    /// <summary>Tells the workload; a worker pool has none.</summary>
    public void Changed(string name)
    {
        if (name.Contains("/services/", StringComparison.Ordinal))
        {
            ServiceChanged?.Invoke(ResourceName.Short(name));
        }
    }

    private WorkloadService Service(JsonObject service)
    {
        var name = service.Text("name");
        var revisions = store.List($"{name}/revisions/-").Select(revision => Revision(service, revision));
        return new WorkloadService(geography.Project, ResourceName.LocationOf(name), ResourceName.Short(name), [.. revisions]);
    }

    private static WorkloadRevision Revision(JsonObject service, JsonObject revision)
    {
        var name = ResourceName.Short(revision.Text("name"));
        var scaling = EffectiveScaling.Of(service, ParentKind.Service, revision);
        var containers = revision.Children("containers").ToList();
        var ingress = containers.Find(static c => c["ports"] is not null) ?? containers[0];
        var resources = ingress.Child("resources");
        _ = WireTime.TryDuration(revision.Text("timeout"), out var timeout);
        _ = WireTime.TryTimestamp(revision.Text("createTime"), out var created);
        return new WorkloadRevision(
            name,
            Split.ShareOf(service, ParentKind.Service, name).Percent,
            resources.Flag("cpuIdle"),
            resources.Flag("startupCpuBoost"),
            scaling.Min,
            scaling.Max,
            scaling.Manual,
            revision.Number("maxInstanceRequestConcurrency"),
            (Quantity.MilliCpu(resources.Child("limits").Text("cpu")) ?? 1000) / 1000.0,
            (int)((Quantity.Bytes(resources.Child("limits").Text("memory")) ?? (512 * Quantity.Mebi)) / Quantity.Mebi),
            timeout,
            created,
            TransitionTo(revision, "CONDITION_SUCCEEDED"))
        {
            FailedAt = TransitionTo(revision, "CONDITION_FAILED"),
        };
    }

    private static DateTimeOffset? TransitionTo(JsonObject revision, string state) =>
        Conditions.Find(revision, "Ready") is { } ready
        && ready.Text("state") == state
        && WireTime.TryTimestamp(ready.Text("lastTransitionTime"), out var time)
            ? time
            : null;
}
