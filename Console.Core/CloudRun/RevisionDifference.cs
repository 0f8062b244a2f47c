namespace OpsConsole.Core.CloudRun;

/// <summary>One field in which two revisions differ.</summary>
public sealed record RevisionDifference
{
    /// <summary>Where it stands in the JSON: <c>containers[api].resources.limits.memory</c>.</summary>
    public required string Path { get; init; }

    /// <summary>For people: <c>Memory of container api</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Heading under which it is shown.</summary>
    public required RevisionDifferenceGroup Group { get; init; }

    /// <summary>Before, for people; null when the field was not there. Secrets are masked.</summary>
    public required string? Before { get; init; }

    /// <summary>After, for people; null when the field is gone. Secrets are masked.</summary>
    public required string? After { get; init; }

    /// <summary>True when the values are hidden because they may be secrets.</summary>
    public bool IsMasked { get; init; }
}
