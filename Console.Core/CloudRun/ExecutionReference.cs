namespace OpsConsole.Core.CloudRun;

/// <summary>What a job says of its latest execution (google.cloud.run.v2.ExecutionReference).</summary>
public sealed record ExecutionReference
{
    /// <summary>Short name.</summary>
    public string Name { get; init; } = "";

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? CompletionTime { get; init; }

    /// <summary>As sent, for example <c>EXECUTION_SUCCEEDED</c>; empty when absent.</summary>
    public string CompletionStatus { get; init; } = "";
}
