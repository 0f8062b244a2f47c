namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>One verification: running, or over.</summary>
public sealed record Verification
{
    /// <summary>Id of the event that records its start.</summary>
    public required string Id { get; init; }

    /// <summary>Who started it, by the name at that time.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What was asked.</summary>
    public required VerifyRequest Request { get; init; }

    /// <summary>Where it stands.</summary>
    public required VerifyStage Stage { get; init; }

    /// <summary>How far it is.</summary>
    public required VerifyProgress Progress { get; init; }

    /// <summary>What it found; null before it is done.</summary>
    public VerifyReport? Report { get; init; }

    /// <summary>Why it failed, or who cancelled it: a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
