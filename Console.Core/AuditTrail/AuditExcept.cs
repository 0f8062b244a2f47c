namespace OpsConsole.Core.AuditTrail;

/// <summary>What a query leaves out: events that have one of these values.</summary>
public sealed record AuditExcept
{
    /// <summary>Leaves nothing out.</summary>
    public static AuditExcept Nothing { get; } = new();

    /// <summary>True when nothing is left out.</summary>
    public bool IsNothing => Actors.Count + Actions.Count + Outcomes.Count + ResourceTypes.Count + ResourceIds.Count + Workspaces.Count + TraceIds.Count + Sources.Count == 0;

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

    /// <summary>Trace ids.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Names of the reporting services.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}
