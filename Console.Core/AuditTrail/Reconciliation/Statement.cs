namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What the three books say together of one project and one stretch of time.</summary>
public sealed record Statement
{
    /// <summary>Names it among all statements.</summary>
    public required string Id { get; init; }

    public required string Project { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When the books were read.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Regions that could not be read, and the like: what limits it. Sentences for people.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>One row for each change, by time.</summary>
    public required IReadOnlyList<StatementRow> Rows { get; init; }

    /// <summary>How many rows have a verdict.</summary>
    public int Count(StatementVerdict verdict) => Rows.Count(row => row.Verdict == verdict);
}
