namespace OpsConsole.Core.CloudRun;

/// <summary>Revision-level scaling (google.cloud.run.v2.RevisionScaling).</summary>
public sealed record RevisionScaling
{
    /// <summary>Minimum instances of this revision; absent means 0. Keeps costing on tagged revisions.</summary>
    public int MinInstanceCount { get; init; }

    /// <summary>Maximum instances of this revision; the server fills in 100 when nobody set it.</summary>
    public int MaxInstanceCount { get; init; }
}
