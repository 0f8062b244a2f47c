namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>What of an event decides on completeness. Nothing personal.</summary>
public sealed record EventFact
{
    public required string Workspace { get; init; }

    public required string Id { get; init; }

    public required string Action { get; init; }

    public required AuditOutcome Outcome { get; init; }

    /// <summary>When it happened, by the clock of whoever reports it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it was recorded here.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>32 lower-case hex digits; null where the event has none.</summary>
    public string? TraceId { get; init; }

    /// <summary>16 lower-case hex digits; null where the event has none.</summary>
    public string? SpanId { get; init; }

    /// <summary>The service that reports it; null where the event does not say.</summary>
    public string? Service { get; init; }

    /// <summary>Who appended it: deliveries are told apart by it.</summary>
    public string AppendedBy { get; init; } = "";

    /// <summary>Index of its leaf; null while it is not sealed.</summary>
    public long? Index { get; init; }

    /// <summary>Of a stored event.</summary>
    public static EventFact Of(AuditRecord record) => new()
    {
        Workspace = record.Event.Workspace,
        Id = record.Event.Id,
        Action = record.Event.Action,
        Outcome = record.Event.Outcome,
        Time = record.Event.Time,
        RecordedAt = record.Position.RecordedAt,
        TraceId = record.Event.TraceId,
        SpanId = record.Event.SpanId,
        Service = record.Event.Source?.Service,
        AppendedBy = record.Position.AppendedBy,
        Index = record.Position.Index,
    };
}
