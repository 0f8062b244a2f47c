using OpsConsole.Core.Access;

namespace OpsConsole.Core.AuditTrail;

/// <summary>Which events. Empty lists and nulls do not restrict; several values of one field mean "one of these".</summary>
public sealed record AuditQuery
{
    /// <summary>Free text over action, resource, actor, reason and details.</summary>
    public string? Text { get; init; }

    /// <summary>Ids of actors, or their pseudonyms.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Actions; one that ends in <c>.*</c> means all below it.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Outcomes.</summary>
    public IReadOnlyList<AuditOutcome> Outcomes { get; init; } = [];

    /// <summary>Kinds of resources.</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>Ids of resources.</summary>
    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    /// <summary>Workspaces.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];

    /// <summary>Trace ids, 32 lower-case hex digits.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Names of the reporting services.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What is left out of all that.</summary>
    public AuditExcept Except { get; init; } = AuditExcept.Nothing;

    /// <summary>Earliest event time, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Latest event time, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The same query among the events that somebody may see. Where that leaves nothing, it has no events.</summary>
    public AuditQuery LimitedTo(Actor actor) => LimitedTo(actor.WorkspacesWith(Permission.BrowseAudit));

    /// <summary>The same query among the events of some workspaces; null for all.</summary>
    internal AuditQuery LimitedTo(IReadOnlyList<string>? workspaces)
    {
        if (workspaces is null)
        {
            return this;
        }

        // No event has a workspace without a name.
        string[] both = [.. Workspaces.Count == 0 ? workspaces : Workspaces.Intersect(workspaces, StringComparer.Ordinal)];
        return this with { Workspaces = both.Length == 0 ? [""] : both };
    }
}
