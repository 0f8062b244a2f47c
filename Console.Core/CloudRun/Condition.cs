namespace OpsConsole.Core.CloudRun;

/// <summary>One condition of a resource (google.cloud.run.v2.Condition).</summary>
public sealed record Condition
{
    /// <summary>For example <c>Ready</c>, <c>RoutesReady</c>, <c>ContainerHealthy</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Where the condition stands; absent on the wire means unspecified.</summary>
    public ConditionState State { get; init; }

    /// <summary>Cloud Run's own words, empty when there is nothing to say.</summary>
    public string Message { get; init; } = "";

    /// <summary>When the state last changed.</summary>
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary><c>ERROR</c>, <c>WARNING</c> or <c>INFO</c>, as sent.</summary>
    public string Severity { get; init; } = "";

    /// <summary>A reason common to all resources, as sent; successful conditions have none.</summary>
    public string Reason { get; init; } = "";

    /// <summary>A reason particular to revisions, as sent (for example <c>RETIRED</c>).</summary>
    public string RevisionReason { get; init; } = "";

    /// <summary>A reason particular to executions, as sent (for example <c>NON_ZERO_EXIT_CODE</c>).</summary>
    public string ExecutionReason { get; init; } = "";
}
