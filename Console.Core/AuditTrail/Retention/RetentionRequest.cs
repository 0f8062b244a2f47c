namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>Something that somebody asked for and somebody else decides on.</summary>
public sealed record RetentionRequest
{
    /// <summary>Id of its event.</summary>
    public required string Id { get; init; }

    /// <summary>What.</summary>
    public required RetentionKind Kind { get; init; }

    /// <summary>Which: a pseudonym, <c>workspace/id</c>, an index, or the id of a hold.</summary>
    public required string Target { get; init; }

    /// <summary>Committed fields to erase; empty for what is no erasure.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Who asked: id.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided: id; null while nobody did.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>True when it was approved.</summary>
    public bool IsApproved { get; init; }

    /// <summary>Why it was decided so.</summary>
    public string DecisionReason { get; init; } = "";

    /// <summary>Number of the decision's event; 0 while there is none.</summary>
    public long DecisionNumber { get; init; }

    /// <summary>True once what was approved is carried out.</summary>
    public bool IsDone { get; init; }
}
