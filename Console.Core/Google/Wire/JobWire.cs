namespace OpsConsole.Core.Google.Wire;

/// <summary>google.cloud.run.v2.Job. Its template holds a template: <c>template.template</c> is the task's.</summary>
internal sealed class JobWire : ResourceWire
{
    public ExecutionTemplateWire? Template { get; set; }

    public int ExecutionCount { get; set; }

    public ExecutionReferenceWire? LatestCreatedExecution { get; set; }

    public ConditionWire? TerminalCondition { get; set; }
}

/// <summary>google.cloud.run.v2.ExecutionTemplate.</summary>
internal sealed class ExecutionTemplateWire
{
    public int? TaskCount { get; set; }

    public int Parallelism { get; set; }

    public TaskTemplateWire? Template { get; set; }
}

/// <summary>google.cloud.run.v2.TaskTemplate.</summary>
internal sealed class TaskTemplateWire
{
    public List<ContainerWire>? Containers { get; set; }

    /// <summary>In a oneof: 0 is sent and differs from absent (3).</summary>
    public int? MaxRetries { get; set; }

    public string? Timeout { get; set; }

    public string? ServiceAccount { get; set; }
}

/// <summary>google.cloud.run.v2.ExecutionReference.</summary>
internal sealed class ExecutionReferenceWire
{
    public string? Name { get; set; }

    public string? CreateTime { get; set; }

    public string? CompletionTime { get; set; }

    public string? CompletionStatus { get; set; }
}

/// <summary>google.cloud.run.v2.Execution.</summary>
internal sealed class ExecutionWire : ResourceWire
{
    public string? StartTime { get; set; }

    public string? CompletionTime { get; set; }

    public int TaskCount { get; set; }

    public int Parallelism { get; set; }

    public int RunningCount { get; set; }

    public int SucceededCount { get; set; }

    public int FailedCount { get; set; }

    public int CancelledCount { get; set; }

    public int RetriedCount { get; set; }
}
