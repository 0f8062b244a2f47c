using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>A filter as the manifest states it: the line, and what it means field by field, with the pseudonyms that its actors have in this log.</summary>
public sealed record ManifestFilter
{
    /// <summary>As it was typed.</summary>
    public required string Text { get; init; }

    /// <summary>Free text; null without.</summary>
    public string? Words { get; init; }

    /// <summary>What events must have.</summary>
    public required ManifestFields Wants { get; init; }

    /// <summary>What events must not have.</summary>
    public required ManifestFields Except { get; init; }

    /// <summary>Of a filter.</summary>
    public static ManifestFilter Of(EvidenceFilter filter, IReadOnlyList<string> actorRefs, IReadOnlyList<string> exceptRefs)
    {
        var (query, except) = (filter.Query, filter.Query.Except);
        return new ManifestFilter
        {
            Text = filter.Text,
            Words = string.IsNullOrWhiteSpace(query.Text) ? null : query.Text,
            Wants = new ManifestFields
            {
                Actions = query.Actions,
                Actors = query.Actors,
                ActorRefs = actorRefs,
                Outcomes = [.. query.Outcomes.Select(AuditWords.Of)],
                Types = query.ResourceTypes,
                Resources = query.ResourceIds,
                Workspaces = query.Workspaces,
                Traces = query.TraceIds,
                Sources = query.Sources,
            },
            Except = new ManifestFields
            {
                Actions = except.Actions,
                Actors = except.Actors,
                ActorRefs = exceptRefs,
                Outcomes = [.. except.Outcomes.Select(AuditWords.Of)],
                Types = except.ResourceTypes,
                Resources = except.ResourceIds,
                Workspaces = except.Workspaces,
                Traces = except.TraceIds,
                Sources = except.Sources,
            },
        };
    }

    /// <summary>The query; false when an outcome is none.</summary>
    public bool TryQuery([NotNullWhen(true)] out AuditQuery? query)
    {
        query = Wants.TryOutcomes(out var outcomes) && Except.TryOutcomes(out var others) ? new AuditQuery
        {
            Text = Words,
            Actions = Wants.Actions,
            Actors = Wants.Actors,
            Outcomes = outcomes,
            ResourceTypes = Wants.Types,
            ResourceIds = Wants.Resources,
            Workspaces = Wants.Workspaces,
            TraceIds = Wants.Traces,
            Sources = Wants.Sources,
            Except = new AuditExcept
            {
                Actions = Except.Actions,
                Actors = Except.Actors,
                Outcomes = others,
                ResourceTypes = Except.Types,
                ResourceIds = Except.Resources,
                Workspaces = Except.Workspaces,
                TraceIds = Except.Traces,
                Sources = Except.Sources,
            },
        } : null;
        return query is not null;
    }
}
