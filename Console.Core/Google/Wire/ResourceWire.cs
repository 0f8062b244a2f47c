namespace OpsConsole.Core.Google.Wire;

/// <summary>What services, worker pools, jobs, executions and revisions have in common. Absent means default.</summary>
internal abstract class ResourceWire
{
    public string? Name { get; set; }

    public string? Uid { get; set; }

    /// <summary>An int64, thus a string on the wire: <c>"generation":"2"</c>.</summary>
    public long Generation { get; set; }

    public long ObservedGeneration { get; set; }

    public Dictionary<string, string>? Labels { get; set; }

    public Dictionary<string, string>? Annotations { get; set; }

    public string? CreateTime { get; set; }

    public string? UpdateTime { get; set; }

    public string? DeleteTime { get; set; }

    public string? Creator { get; set; }

    public string? LastModifier { get; set; }

    public List<ConditionWire>? Conditions { get; set; }

    public bool Reconciling { get; set; }

    public string? LogUri { get; set; }

    public string? Etag { get; set; }
}

/// <summary>google.cloud.run.v2.Condition.</summary>
internal sealed class ConditionWire
{
    public string? Type { get; set; }

    public string? State { get; set; }

    public string? Message { get; set; }

    public string? LastTransitionTime { get; set; }

    public string? Severity { get; set; }

    public string? Reason { get; set; }

    public string? RevisionReason { get; set; }

    public string? ExecutionReason { get; set; }
}
