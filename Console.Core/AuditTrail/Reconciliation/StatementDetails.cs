namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What the event of a statement (<see cref="AuditActions.AuditStatement"/>) says in its details.</summary>
public sealed record StatementDetails
{
    /// <summary>Id of the statement.</summary>
    public required string Statement { get; init; }

    public required string Project { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What it says, in words.</summary>
    public required string Sentence { get; init; }

    /// <summary>Rows of each verdict, by its word.</summary>
    public required IReadOnlyDictionary<string, int> Counts { get; init; }

    /// <summary>What limits it.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>SHA-256 of all its rows as NDJSON, in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Which of its events this is, from 1.</summary>
    public required int Part { get; init; }

    /// <summary>How many events it has.</summary>
    public required int Parts { get; init; }

    /// <summary>The rows of this event.</summary>
    public required IReadOnlyList<StatementRow> Rows { get; init; }
}
