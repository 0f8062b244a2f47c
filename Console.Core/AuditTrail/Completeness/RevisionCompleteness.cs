using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>The numbers of one revision beside what background activity says of it.</summary>
public sealed record RevisionCompleteness
{
    public required string Revision { get; init; }

    /// <summary>Requests that must leave an event.</summary>
    public required int Required { get; init; }

    public required int InTime { get; init; }

    public required int Late { get; init; }

    public required int Missing { get; init; }

    public required int NotDue { get; init; }

    public required int Undecidable { get; init; }

    /// <summary>Longest time from a response to its event; null without a late one.</summary>
    public TimeSpan? Latest { get; init; }

    /// <summary>What background activity says of the revision; null when the logs have no line of it.</summary>
    public RevisionSummary? Background { get; init; }
}
