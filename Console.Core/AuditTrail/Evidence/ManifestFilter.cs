using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>A filter as the manifest states it: the line, what it means field by field, and the pseudonyms that its actors have in this log.</summary>
public sealed record ManifestFilter
{
    /// <summary>As it was typed.</summary>
    public required string Text { get; init; }

    /// <summary>Actions.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>Actors, as they were typed.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>Their pseudonyms.</summary>
    public required IReadOnlyList<string> ActorRefs { get; init; }

    /// <summary>Outcomes.</summary>
    public required IReadOnlyList<string> Outcomes { get; init; }

    /// <summary>Kinds of resources.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Ids of resources.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Workspaces.</summary>
    public required IReadOnlyList<string> Workspaces { get; init; }

    /// <summary>Trace ids.</summary>
    public required IReadOnlyList<string> Traces { get; init; }

    /// <summary>Reporting services.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Free text; null without.</summary>
    public string? Words { get; init; }

    /// <summary>Of a filter.</summary>
    public static ManifestFilter Of(EvidenceFilter filter, IReadOnlyList<string> actorRefs) => new()
    {
        Text = filter.Text,
        Actions = filter.Query.Actions,
        Actors = filter.Query.Actors,
        ActorRefs = actorRefs,
        Outcomes = [.. filter.Query.Outcomes.Select(AuditWords.Of)],
        Types = filter.Query.ResourceTypes,
        Resources = filter.Query.ResourceIds,
        Workspaces = filter.Query.Workspaces,
        Traces = filter.Query.TraceIds,
        Sources = filter.Query.Sources,
        Words = filter.Query.Text,
    };

    /// <summary>The query; false when an outcome is none.</summary>
    public bool TryQuery([NotNullWhen(true)] out AuditQuery? query)
    {
        var outcomes = Outcomes.Select(AuditWords.Outcome).ToList();
        query = outcomes.Contains(null) ? null : new AuditQuery
        {
            Text = Words,
            Actions = Actions,
            Actors = Actors,
            Outcomes = [.. outcomes.Select(static o => o!.Value)],
            ResourceTypes = Types,
            ResourceIds = Resources,
            Workspaces = Workspaces,
            TraceIds = Traces,
            Sources = Sources,
        };
        return query is not null;
    }
}
