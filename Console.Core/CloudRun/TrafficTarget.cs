namespace OpsConsole.Core.CloudRun;

/// <summary>A wanted share of traffic (google.cloud.run.v2.TrafficTarget).</summary>
public sealed record TrafficTarget
{
    /// <summary>Latest ready revision, or the named one.</summary>
    public TrafficTargetAllocationType Type { get; init; }

    /// <summary>Short revision name; empty for <see cref="TrafficTargetAllocationType.Latest"/>.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Per cent of the traffic, 0 to 100.</summary>
    public int Percent { get; init; }

    /// <summary>A tag that gives the target its own address.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Address of the tag, as the service's status states it.</summary>
    public string Uri { get; init; } = "";
}
