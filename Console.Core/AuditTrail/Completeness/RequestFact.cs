using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>A request that must leave an event.</summary>
public sealed record RequestFact
{
    /// <summary>Its number in the analysis.</summary>
    public required int Number { get; init; }

    /// <summary>insertId of its entry.</summary>
    public required string InsertId { get; init; }

    /// <summary>The revision that answered it.</summary>
    public required RevisionKey Revision { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When its response was complete.</summary>
    public required DateTimeOffset End { get; init; }

    public required string Method { get; init; }

    /// <summary>With its query.</summary>
    public required string Path { get; init; }

    public required int Status { get; init; }

    /// <summary>32 lower-case hex digits; null where the entry has none.</summary>
    public string? TraceId { get; init; }

    /// <summary>16 lower-case hex digits; null where the entry has none.</summary>
    public string? SpanId { get; init; }

    /// <summary>The rule that asks for the event.</summary>
    public required CompletenessRule Rule { get; init; }
}
