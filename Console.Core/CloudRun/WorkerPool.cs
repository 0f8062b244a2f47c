namespace OpsConsole.Core.CloudRun;

/// <summary>A Cloud Run worker pool (google.cloud.run.v2.WorkerPool): pulls work, always has CPU, does not scale by itself.</summary>
public sealed record WorkerPool
{
    public required ResourceName Name { get; init; }

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? UpdateTime { get; init; }

    public string LastModifier { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>scaling.manualInstanceCount</c>; null when unset (the default when unset is not documented).</summary>
    public int? ManualInstanceCount { get; init; }

    public required RevisionTemplate Template { get; init; }

    public Condition? TerminalCondition { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public string LatestReadyRevision { get; init; } = "";

    public string LatestCreatedRevision { get; init; } = "";

    public bool Reconciling { get; init; }

    public string Etag { get; init; } = "";

    public required string RawJson { get; init; }
}
