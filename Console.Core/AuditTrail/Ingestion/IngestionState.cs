namespace OpsConsole.Core.AuditTrail.Ingestion;

/// <summary>How the copying of Google's audit log of a project stands.</summary>
public sealed record IngestionState
{
    /// <summary>Project.</summary>
    public required string Project { get; init; }

    /// <summary>When it was read last; null before the first time.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Timestamp of the newest entry that was seen.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Events recorded since the start of this console.</summary>
    public long Recorded { get; init; }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? TryAgainAt { get; init; }

    /// <summary>True when another console does it.</summary>
    public bool IsElsewhere { get; init; }
}
