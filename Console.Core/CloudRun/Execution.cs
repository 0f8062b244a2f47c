namespace OpsConsole.Core.CloudRun;

/// <summary>One run of a job (google.cloud.run.v2.Execution). It has no terminal condition: counts and completion time tell.</summary>
public sealed record Execution
{
    public required ResourceName Name { get; init; }

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }

    public int TaskCount { get; init; }

    public int Parallelism { get; init; }

    public int RunningCount { get; init; }

    public int SucceededCount { get; init; }

    public int FailedCount { get; init; }

    public int CancelledCount { get; init; }

    public int RetriedCount { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    public bool Reconciling { get; init; }

    public string LogUri { get; init; } = "";

    public required string RawJson { get; init; }
}
