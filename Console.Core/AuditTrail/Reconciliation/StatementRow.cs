namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>One change with what each book says of it. Texts are empty where a book says nothing.</summary>
public sealed record StatementRow
{
    public required StatementVerdict Verdict { get; init; }

    /// <summary><c>services</c> or <c>workerPools</c>.</summary>
    public required string Collection { get; init; }

    public required string Location { get; init; }

    /// <summary>Short name of the service or worker pool.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made, by the best book that says so.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What was done: the method, or the title of our change.</summary>
    public string What { get; init; } = "";

    /// <summary>Short name of the revision that it made.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Generation that it made; 0 where no book says.</summary>
    public long Generation { get; init; }

    /// <summary>Who, by Cloud Run's own state.</summary>
    public string CloudBy { get; init; } = "";

    /// <summary>Who, by Google's audit log.</summary>
    public string GoogleBy { get; init; } = "";

    /// <summary>The program, by Google's audit log.</summary>
    public string GoogleClient { get; init; } = "";

    /// <summary>insertIds of Google's entries.</summary>
    public IReadOnlyList<string> GoogleEntries { get; init; } = [];

    /// <summary>Who, by this trail.</summary>
    public string LedgerBy { get; init; } = "";

    /// <summary>Why, by this trail.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Workspace of our events.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>Our event: the outcome, or the intent while there is none.</summary>
    public string EventId { get; init; } = "";

    /// <summary>Name of the operation.</summary>
    public string Operation { get; init; } = "";

    /// <summary>What else is to be known, in a sentence.</summary>
    public string Note { get; init; } = "";

    /// <summary>Two rows that say the same are equal.</summary>
    public bool Equals(StatementRow? other) =>
        other is not null && (Verdict, Collection, Location, Id, At, What, Revision, Generation) == (other.Verdict, other.Collection, other.Location, other.Id, other.At, other.What, other.Revision, other.Generation)
        && (CloudBy, GoogleBy, GoogleClient, LedgerBy, Reason, Workspace, EventId, Operation, Note) == (other.CloudBy, other.GoogleBy, other.GoogleClient, other.LedgerBy, other.Reason, other.Workspace, other.EventId, other.Operation, other.Note)
        && GoogleEntries.SequenceEqual(other.GoogleEntries, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Verdict, Id, At, Revision, Generation);
}
