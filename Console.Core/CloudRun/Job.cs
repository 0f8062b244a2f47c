namespace OpsConsole.Core.CloudRun;

/// <summary>A Cloud Run job (google.cloud.run.v2.Job). Jobs always have CPU.</summary>
public sealed record Job
{
    public required ResourceName Name { get; init; }

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? UpdateTime { get; init; }

    public string LastModifier { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>template.taskCount</c>; absent means 1.</summary>
    public int TaskCount { get; init; } = 1;

    /// <summary><c>template.parallelism</c>; 0 means as many as possible.</summary>
    public int Parallelism { get; init; }

    /// <summary>Retries of a task; absent means 3, and 0 is sent explicitly.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Timeout of one attempt of a task; absent means 600 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);

    public IReadOnlyList<Container> Containers { get; init; } = [];

    public string ServiceAccount { get; init; } = "";

    public int ExecutionCount { get; init; }

    public ExecutionReference? LatestCreatedExecution { get; init; }

    public Condition? TerminalCondition { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public bool Reconciling { get; init; }

    public string Etag { get; init; } = "";

    public required string RawJson { get; init; }
}
