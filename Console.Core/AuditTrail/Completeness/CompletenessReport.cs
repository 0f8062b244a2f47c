namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>Requests of a service in a window against the events they must leave.</summary>
public sealed record CompletenessReport
{
    public required ServiceRef Service { get; init; }

    /// <summary>Start of the window, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the window, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>When the events were looked up: what comes later is not in it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The rules that were applied.</summary>
    public required CompletenessRules Rules { get; init; }

    /// <summary>How requests and events were compared.</summary>
    public required CompletenessOptions Options { get; init; }

    /// <summary>Requests of the service in the window, whatever rule fits them. Those that the platform ended before an instance answered are not counted.</summary>
    public required int Requests { get; init; }

    /// <summary>One row for each request that must leave an event, by start.</summary>
    public required IReadOnlyList<CompletenessRow> Rows { get; init; }

    /// <summary>Events of the service that belong to no request of these logs, by time.</summary>
    public required IReadOnlyList<ExtraEvent> Extra { get; init; }

    /// <summary>The same numbers for each revision, by name.</summary>
    public required IReadOnlyList<RevisionCompleteness> Revisions { get; init; }

    /// <summary>Longest time from a response to its event; null without a late one.</summary>
    public TimeSpan? Latest => Rows.Where(static row => row.State == CompletenessState.Late).Max(static row => row.After);

    /// <summary>How many rows are in a state.</summary>
    public int Count(CompletenessState state) => Rows.Count(row => row.State == state);

    /// <summary>How many rows were decided by the source's own clock.</summary>
    public int BySourceClock => Rows.Count(static row => row.BySourceClock);
}
