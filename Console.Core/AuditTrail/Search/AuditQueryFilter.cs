namespace OpsConsole.Core.AuditTrail.Search;

/// <summary>The meaning of a query, event by event: what the databases' indexes must agree with, and what finds events that are not indexed yet.</summary>
public sealed class AuditQueryFilter(AuditQuery query)
{
    private readonly IReadOnlyList<string> _words = AuditSearchWords.Of(query.Text);

    /// <summary>True when the query has this event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="actorRef">Pseudonym of its actor; null while it has none.</param>
    public bool Has(AuditEvent e, string? actorRef) =>
        OneOf(query.Workspaces, e.Workspace)
        && OneOf(query.TraceIds, e.TraceId)
        && OneOf(query.ResourceTypes, e.Resource?.Type)
        && OneOf(query.ResourceIds, e.Resource?.Id)
        && OneOf(query.Sources, e.Source?.Service)
        && (query.Outcomes.Count == 0 || query.Outcomes.Contains(e.Outcome))
        && (query.Actors.Count == 0 || OneOf(query.Actors, e.Actor.Id) || (actorRef is not null && OneOf(query.Actors, actorRef)))
        && (query.Actions.Count == 0 || query.Actions.Any(action => IsAction(action, e.Action)))
        && (query.From is not { } from || e.Time >= Bound(from))
        && (query.To is not { } to || e.Time < Bound(to))
        && !IsLeftOut(query.Except, e, actorRef)
        && (_words.Count == 0 || AuditSearchWords.Match(AuditSearchWords.Of(e), _words));

    private static bool IsLeftOut(AuditExcept except, AuditEvent e, string? actorRef) =>
        In(except.Workspaces, e.Workspace)
        || In(except.TraceIds, e.TraceId)
        || In(except.ResourceTypes, e.Resource?.Type)
        || In(except.ResourceIds, e.Resource?.Id)
        || In(except.Sources, e.Source?.Service)
        || In(except.Actors, e.Actor.Id)
        || In(except.Actors, actorRef)
        || except.Outcomes.Contains(e.Outcome)
        || except.Actions.Any(action => IsAction(action, e.Action));

    /// <summary>A bound as it is compared with times of events, which have microseconds.</summary>
    public static DateTimeOffset Bound(DateTimeOffset time) => Events.AuditTime.Truncate(time);

    private static bool OneOf(IReadOnlyList<string> values, string? value) => values.Count == 0 || In(values, value);

    private static bool In(IReadOnlyList<string> values, string? value) => value is not null && values.Contains(value, StringComparer.Ordinal);

    private static bool IsAction(string wanted, string action) => wanted.EndsWith(".*", StringComparison.Ordinal)
        ? action.StartsWith(wanted.AsSpan(0, wanted.Length - 1), StringComparison.Ordinal)
        : string.Equals(wanted, action, StringComparison.Ordinal);
}
