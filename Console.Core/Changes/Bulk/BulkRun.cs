namespace OpsConsole.Core.Changes.Bulk;

/// <summary>The same change of several services, as it stands now. Immutable.</summary>
public sealed record BulkRun
{
    /// <summary>Id of its event in the audit trail.</summary>
    public required string Id { get; init; }

    /// <summary>What is changed.</summary>
    public required Change Change { get; init; }

    /// <summary>One for each service.</summary>
    public required IReadOnlyList<BulkRow> Rows { get; init; }

    /// <summary>Id of whoever asked for it.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of whoever asked for it.</summary>
    public required string ActorName { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many services are changed at the same time.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>True where the first service's receipt is waited for before the others are begun.</summary>
    public bool ReceiptFirst { get; init; }

    /// <summary>What it is doing, where that is more than changing services; empty otherwise.</summary>
    public string Doing { get; init; } = "";

    /// <summary>Why it was stopped, and by whom; empty where it was not.</summary>
    public string Stopped { get; init; } = "";

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Workspace of its events.</summary>
    public string Workspace { get; init; } = "";

    /// <summary>The console that carries it out.</summary>
    public string Console { get; init; } = "";

    /// <summary>What it does, as a button says it.</summary>
    public string Title => Change.Title;

    /// <summary>True once nothing more happens by itself.</summary>
    public bool IsOver => EndedAt is not null;

    /// <summary>How many rows stand so.</summary>
    public int Count(BulkRowState state) => Rows.Count(r => r.State == state);

    /// <summary>With one row replaced.</summary>
    internal BulkRun With(BulkRow row) => this with { Rows = [.. Rows.Select(r => r.Resource == row.Resource ? row : r)] };
}
