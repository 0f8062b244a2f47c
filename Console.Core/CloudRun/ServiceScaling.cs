namespace OpsConsole.Core.CloudRun;

/// <summary>Service-level scaling: totals that are divided among the revisions by traffic (google.cloud.run.v2.ServiceScaling).</summary>
public sealed record ServiceScaling
{
    /// <summary>Minimum instances of the whole service; absent means 0.</summary>
    public int MinInstanceCount { get; init; }

    /// <summary>Maximum instances of the whole service; absent (0) means no service-level maximum.</summary>
    public int MaxInstanceCount { get; init; }

    /// <summary>Automatic unless said otherwise.</summary>
    public ScalingMode ScalingMode { get; init; }

    /// <summary>The count in manual mode. 0 takes the service down; null means unset.</summary>
    public int? ManualInstanceCount { get; init; }
}
