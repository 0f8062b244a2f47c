using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>A query with what was looked up for it first, so that the search itself walks one index and stops early, however large the log is.</summary>
internal sealed record ResolvedQuery
{
    /// <summary>What was asked for.</summary>
    public required AuditQuery Query { get; init; }

    /// <summary>Ids and pseudonyms of the actors that are asked for.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Ids and pseudonyms of the actors that are left out.</summary>
    public IReadOnlyList<string> NotActors { get; init; } = [];

    /// <summary>The actions that are asked for, those below a name written out as far as they are not too many.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Every event of the time asked for has a number in here; null where that was not worth looking up.</summary>
    public (long Low, long High)? Range { get; init; }

    /// <summary>Events of the time asked for; null where they were not counted.</summary>
    public long? InTime { get; init; }

    /// <summary>Restrictions besides the time and what is left out.</summary>
    public int Restrictions =>
        new[] { Query.Actors, Query.Actions, Query.ResourceTypes, Query.ResourceIds, Query.Workspaces, Query.TraceIds, Query.Sources }.Count(static values => values.Count > 0)
        + (Query.Outcomes.Count > 0 ? 1 : 0) + (Words.Count > 0 ? 1 : 0);

    /// <summary>True where how many events meet all restrictions, and whether there are new ones among them, cannot be known beforehand: words, or several restrictions at once.</summary>
    public bool IsGuess => Words.Count > 0 || Restrictions > 1;

    /// <summary>True where the order of numbers, and not the index of times, must lead.</summary>
    public bool TimeFollows { get; init; }

    /// <summary>Words that are looked for.</summary>
    public IReadOnlyList<string> Words { get; } = [];

    /// <summary>A query without anything looked up.</summary>
    public static ResolvedQuery Of(AuditQuery query) => new(AuditSearchWords.Of(query.Text)) { Query = query, Actions = query.Actions };

    private ResolvedQuery(IReadOnlyList<string> words) => Words = words;
}
