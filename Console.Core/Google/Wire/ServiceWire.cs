namespace OpsConsole.Core.Google.Wire;

/// <summary>google.cloud.run.v2.Service.</summary>
internal sealed class ServiceWire : ResourceWire
{
    public string? Description { get; set; }

    public string? Client { get; set; }

    public string? Ingress { get; set; }

    public string? LaunchStage { get; set; }

    public RevisionTemplateWire? Template { get; set; }

    public List<TrafficWire>? Traffic { get; set; }

    public List<TrafficWire>? TrafficStatuses { get; set; }

    public ServiceScalingWire? Scaling { get; set; }

    public ConditionWire? TerminalCondition { get; set; }

    /// <summary>A full name here; traffic names the same revision by its short name.</summary>
    public string? LatestReadyRevision { get; set; }

    public string? LatestCreatedRevision { get; set; }

    public string? Uri { get; set; }
}

/// <summary>google.cloud.run.v2.WorkerPool.</summary>
internal sealed class WorkerPoolWire : ResourceWire
{
    public RevisionTemplateWire? Template { get; set; }

    public ServiceScalingWire? Scaling { get; set; }

    public ConditionWire? TerminalCondition { get; set; }

    public string? LatestReadyRevision { get; set; }

    public string? LatestCreatedRevision { get; set; }
}

/// <summary>google.cloud.run.v2.ServiceScaling and WorkerPoolScaling.</summary>
internal sealed class ServiceScalingWire
{
    public int MinInstanceCount { get; set; }

    public int MaxInstanceCount { get; set; }

    public string? ScalingMode { get; set; }

    /// <summary>proto3 optional: 0 is sent and differs from absent.</summary>
    public int? ManualInstanceCount { get; set; }
}

/// <summary>google.cloud.run.v2.TrafficTarget and TrafficTargetStatus.</summary>
internal sealed class TrafficWire
{
    public string? Type { get; set; }

    public string? Revision { get; set; }

    public int Percent { get; set; }

    public string? Tag { get; set; }

    public string? Uri { get; set; }
}
