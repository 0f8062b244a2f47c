namespace OpsConsole.Core.CloudRun;

/// <summary>A Cloud Run service (google.cloud.run.v2.Service).</summary>
public sealed record Service
{
    public required ResourceName Name { get; init; }

    public string Description { get; init; } = "";

    public string Uid { get; init; } = "";

    public long Generation { get; init; }

    public long ObservedGeneration { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? UpdateTime { get; init; }

    public DateTimeOffset? DeleteTime { get; init; }

    public string Creator { get; init; } = "";

    public string LastModifier { get; init; } = "";

    public string Client { get; init; } = "";

    /// <summary>As sent, for example <c>INGRESS_TRAFFIC_ALL</c>.</summary>
    public string Ingress { get; init; } = "";

    public string LaunchStage { get; init; } = "";

    public required RevisionTemplate Template { get; init; }

    /// <summary>Wanted traffic; empty means all to the latest ready revision.</summary>
    public IReadOnlyList<TrafficTarget> Traffic { get; init; } = [];

    /// <summary>Traffic as it is now. A Latest target has no revision name here: resolve it through <see cref="LatestReadyRevision"/>.</summary>
    public IReadOnlyList<TrafficTarget> TrafficStatuses { get; init; } = [];

    public ServiceScaling Scaling { get; init; } = new();

    public Condition? TerminalCondition { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>Short name of the latest revision that became ready; empty when none did.</summary>
    public string LatestReadyRevision { get; init; } = "";

    /// <summary>Short name of the latest revision made.</summary>
    public string LatestCreatedRevision { get; init; } = "";

    public string Uri { get; init; } = "";

    public bool Reconciling { get; init; }

    /// <summary>Opaque, with literal quotes: keep it byte for byte.</summary>
    public string Etag { get; init; } = "";

    /// <summary>The resource exactly as it came.</summary>
    public required string RawJson { get; init; }

    /// <summary>Where the service stands, from <see cref="Reconciling"/>, <see cref="TerminalCondition"/> and manual scaling.</summary>
    public ServiceState State =>
        Scaling is { ScalingMode: ScalingMode.Manual, ManualInstanceCount: 0 } ? ServiceState.Disabled
        : Reconciling || TerminalCondition?.State is ConditionState.Pending or ConditionState.Reconciling ? ServiceState.Deploying
        : TerminalCondition?.State == ConditionState.Succeeded ? ServiceState.Ready
        : TerminalCondition?.State == ConditionState.Failed ? ServiceState.Failed
        : ServiceState.Unknown;

    /// <summary>True when a new revision would receive no traffic because every target names a revision.</summary>
    public bool TrafficPinned =>
        Traffic.Count > 0 && Traffic.All(static t => t.Type == TrafficTargetAllocationType.Revision || t.Percent == 0);

    /// <summary>Revisions that receive traffic now, by short name and per cent, largest share first. Latest targets are resolved.</summary>
    public IReadOnlyList<(string Revision, int Percent)> Serving =>
        [.. TrafficStatuses
            .Where(static t => t.Percent > 0)
            .Select(t => (Revision: t.Revision.Length > 0 ? ResourceName.ShortName(t.Revision) : LatestReadyRevision, t.Percent))
            .GroupBy(static t => t.Revision, StringComparer.Ordinal)
            .Select(static g => (g.Key, g.Sum(static t => t.Percent)))
            .OrderByDescending(static t => t.Item2)];
}
