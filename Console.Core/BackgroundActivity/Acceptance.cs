namespace OpsConsole.Core.BackgroundActivity;

/// <summary>One act on a finding, as it stands on the record: accepted until a date, or withdrawn.</summary>
public sealed record Acceptance
{
    /// <summary>Orders by time.</summary>
    public required Guid Id { get; init; }

    /// <summary><see cref="Finding.Id"/>.</summary>
    public required string FindingId { get; init; }

    public required string Project { get; init; }

    public required string Service { get; init; }

    /// <summary>The finding's template at that time.</summary>
    public required string Template { get; init; }

    /// <summary>False when this act withdraws an acceptance.</summary>
    public required bool Accepted { get; init; }

    public required string Reason { get; init; }

    /// <summary>Who, by stable id.</summary>
    public required string ActorId { get; init; }

    /// <summary>Who, by the name at that time.</summary>
    public required string ActorName { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the acceptance ends; null for a withdrawal.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True when it is an acceptance that has not run out.</summary>
    public bool CountsAt(DateTimeOffset now) => Accepted && ExpiresAt > now;
}
