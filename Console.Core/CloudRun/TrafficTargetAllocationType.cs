namespace OpsConsole.Core.CloudRun;

/// <summary>What a traffic target points to (google.cloud.run.v2.TrafficTargetAllocationType).</summary>
public enum TrafficTargetAllocationType
{
    /// <summary>Absent or unknown.</summary>
    Unspecified,

    /// <summary>The latest ready revision, whichever that is.</summary>
    Latest,

    /// <summary>A named revision: later deployments do not move this traffic.</summary>
    Revision,
}
