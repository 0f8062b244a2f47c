using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Blaming;

/// <summary>One setting as it is now, and how it came to be so.</summary>
public sealed record BlamedSetting
{
    /// <summary>Where it stands, as in a comparison: <c>template.containers[web].resources.cpuIdle</c>, <c>scaling.minInstanceCount</c>.</summary>
    public required string Path { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Heading.</summary>
    public required RevisionDifferenceGroup Group { get; init; }

    /// <summary>The value now, for people; null where it is not set. Secrets are masked.</summary>
    public required string? Value { get; init; }

    /// <summary>The value before, for people; null where it was not set, or nothing earlier is known.</summary>
    public string? Before { get; init; }

    /// <summary>Where it comes from; null where neither a revision nor a record tells.</summary>
    public BlameOrigin? Origin { get; init; }
}
