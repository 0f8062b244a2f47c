using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>What a change is planned on: the resource as it was read, and what else is known about it.</summary>
public sealed record PlanInput
{
    /// <summary>Name of the service or worker pool.</summary>
    public required ResourceName Resource { get; init; }

    /// <summary>The resource exactly as it came.</summary>
    public required string RawJson { get; init; }

    /// <summary>Its revisions, newest first; empty where they could not be read.</summary>
    public IReadOnlyList<Revision> Revisions { get; init; } = [];

    /// <summary>How busy it was; null where neither logs nor metrics tell.</summary>
    public ObservedUsage? Usage { get; init; }

    /// <summary>Connections that its instances may take from a database; null where nobody has set it.</summary>
    public ConnectionBudget? Connections { get; init; }

    /// <summary>What the project may use in the region; null where nobody has set it: then the API alone says so.</summary>
    public RegionQuota? Quota { get; init; }

    /// <summary>The input for a service.</summary>
    public static PlanInput Of(Service service, IReadOnlyList<Revision> revisions) =>
        new() { Resource = service.Name, RawJson = service.RawJson, Revisions = revisions };

    /// <summary>The input for a worker pool.</summary>
    public static PlanInput Of(WorkerPool pool) => new() { Resource = pool.Name, RawJson = pool.RawJson };
}
