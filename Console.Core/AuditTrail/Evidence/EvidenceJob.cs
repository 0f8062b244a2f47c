namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>One bundle: being made, or made.</summary>
public sealed record EvidenceJob
{
    /// <summary>Id of the event that records its beginning.</summary>
    public required string Id { get; init; }

    /// <summary>Who asked for it, by the name at that time.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What was asked for.</summary>
    public required EvidenceRequest Request { get; init; }

    /// <summary>Where it stands.</summary>
    public required EvidenceStage Stage { get; init; }

    /// <summary>How far it is.</summary>
    public required EvidenceProgress Progress { get; init; }

    /// <summary>What it holds; null before it is done.</summary>
    public EvidenceResult.Written? Written { get; init; }

    /// <summary>Why there is none: a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
