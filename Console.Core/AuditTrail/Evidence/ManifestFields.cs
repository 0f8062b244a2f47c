using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Values of fields that a filter wants, or leaves out; of one field, one of them.</summary>
public sealed record ManifestFields
{
    /// <summary>Actions.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Actors, as they were typed.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Their pseudonyms in this log.</summary>
    public IReadOnlyList<string> ActorRefs { get; init; } = [];

    /// <summary>Outcomes.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Kinds of resources.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Ids of resources.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Workspaces.</summary>
    public IReadOnlyList<string> Workspaces { get; init; } = [];

    /// <summary>Trace ids.</summary>
    public IReadOnlyList<string> Traces { get; init; } = [];

    /// <summary>Reporting services.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The outcomes; false when one is none.</summary>
    internal bool TryOutcomes([NotNullWhen(true)] out IReadOnlyList<AuditOutcome>? outcomes)
    {
        var read = Outcomes.Select(AuditWords.Outcome).ToList();
        outcomes = read.Contains(null) ? null : [.. read.Select(static o => o!.Value)];
        return outcomes is not null;
    }
}
