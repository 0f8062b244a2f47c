namespace OpsConsole.Core.CloudRun;

/// <summary>An immutable deployed version of a service or worker pool (google.cloud.run.v2.Revision).</summary>
public sealed record Revision : RevisionTemplate
{
    /// <summary>Full name with project, location, parent and revision.</summary>
    public required ResourceName Name { get; init; }

    public string Uid { get; init; } = "";

    public long Generation { get; init; }

    public DateTimeOffset? CreateTime { get; init; }

    public DateTimeOffset? UpdateTime { get; init; }

    public DateTimeOffset? DeleteTime { get; init; }

    /// <summary>E-mail of whoever made it.</summary>
    public string Creator { get; init; } = "";

    public bool Reconciling { get; init; }

    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary><c>scalingStatus.desiredMinInstanceCount</c>: minimum instances provisioned now.</summary>
    public int DesiredMinInstanceCount { get; init; }

    public string LogUri { get; init; } = "";

    public string Etag { get; init; } = "";

    /// <summary>The resource exactly as it came, for the raw view and for comparison of fields that no type knows.</summary>
    public required string RawJson { get; init; }

    /// <summary>The <c>Ready</c> condition; revisions have no terminal condition of their own.</summary>
    public Condition? Ready => Conditions.FirstOrDefault(static c => string.Equals(c.Type, "Ready", StringComparison.Ordinal));
}
