using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Search;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>
/// The text of the filter box as a query of the audit trail: <c>action:invoice.* -outcome:success actor:maria@acme.example refund</c>. Values of
/// qualifiers are whole values, for they are looked up in indexes; words without a qualifier find words that begin with them.
/// </summary>
public static class EventFilter
{
    /// <summary>The qualifiers, in the order in which they are explained.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } =
    [
        new("action", "what was done; .* for all below", "action:run.*"),
        new("actor", "who: the whole id", "actor:sam.rivera@acme.example"),
        new("outcome", "success, failure, denied, unknown", "outcome:denied"),
        new("resource", "to what: the whole id", "resource:4711"),
        new("type", "kind of resource", "type:run.service"),
        new("workspace", "tenant or project", "workspace:acme-prod"),
        new("source", "service that reported it", "source:checkout"),
        new("trace", "trace id, in any spelling", "trace:4bf92f3577b34da6a3ce929d0e0e4736"),
    ];

    /// <summary>What the text asks for. What asks for nothing that exists is left out here and told by <see cref="Problems"/>.</summary>
    /// <param name="filter">Terms.</param>
    /// <param name="from">Earliest event time.</param>
    /// <param name="to">Before this event time.</param>
    public static AuditQuery Query(FilterQuery filter, DateTimeOffset? from, DateTimeOffset? to)
    {
        var terms = filter.Terms.Where(static term => Problem(term) is null).ToList();
        return new AuditQuery
        {
            Text = string.Join(' ', terms.Where(static term => term.Key.Length == 0).Select(static term => term.Value)),
            Actors = Wanted("actor"),
            Actions = Wanted("action"),
            Outcomes = Outcomes(Wanted("outcome")),
            ResourceIds = Wanted("resource"),
            ResourceTypes = Wanted("type"),
            Workspaces = Wanted("workspace"),
            Sources = Wanted("source"),
            TraceIds = Traces(Wanted("trace")),
            From = from,
            To = to,
            Except = new AuditExcept
            {
                Actors = Unwanted("actor"),
                Actions = Unwanted("action"),
                Outcomes = Outcomes(Unwanted("outcome")),
                ResourceIds = Unwanted("resource"),
                ResourceTypes = Unwanted("type"),
                Workspaces = Unwanted("workspace"),
                Sources = Unwanted("source"),
                TraceIds = Traces(Unwanted("trace")),
            },
        };

        IReadOnlyList<string> Wanted(string key) => Values(key, negated: false);

        IReadOnlyList<string> Unwanted(string key) => Values(key, negated: true);

        IReadOnlyList<string> Values(string key, bool negated) =>
            [.. terms.Where(term => term.Key == key && term.Negated == negated).Select(static term => term.Value).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What of the text asks for nothing that exists, each in a sentence.</summary>
    public static IReadOnlyList<string> Problems(FilterQuery filter) => [.. filter.Terms.Select(Problem).OfType<string>()];

    /// <summary>The text with a term added, or without it where it is there already.</summary>
    public static string Toggle(string text, string key, string value)
    {
        var terms = FilterQuery.Parse(text).Terms;
        var term = new FilterTerm(key, FilterOperator.Has, value, Negated: false);
        return FilterQuery.Of(IsOn(text, key, value) ? terms.Where(t => !Same(t, key, value)) : [.. terms, term]).ToString();
    }

    /// <summary>Whether the text asks for a value of a field.</summary>
    public static bool IsOn(string text, string key, string value) => FilterQuery.Parse(text).Terms.Any(term => Same(term, key, value));

    /// <summary>A text with one term.</summary>
    public static string Only(string key, string value) => new FilterTerm(key, FilterOperator.Has, value, Negated: false).ToString();

    private static bool Same(FilterTerm term, string key, string value) => term is { Negated: false } && term.Key == key && term.Value == value;

    private static string? Problem(FilterTerm term) => term switch
    {
        { Key: "", Negated: true } => $"A word alone cannot be excluded (-{term.Value}): put a qualifier before it, such as -action:{term.Value}.",
        { Key: "" } => AuditSearchWords.Of(term.Value).Count > 0 ? null : $"'{term.Value}' has no letter or digit: there is nothing to look for.",
        _ when Hints.All(hint => hint.Key != term.Key) => $"There is no qualifier {term.Key}:. Known: {string.Join(" ", Hints.Select(static h => h.Key + ":"))}",
        { Operator: FilterOperator.Greater or FilterOperator.AtLeast or FilterOperator.Less or FilterOperator.AtMost } => $"{term.Key}: is not a number and cannot be compared.",
        { Key: "outcome" } when AuditWords.Outcome(term.Value) is null => $"outcome:{term.Value} is none of success, failure, denied, unknown.",
        { Key: "trace" } when !TraceId.TryParse(term.Value, out _) => $"trace:{term.Value} is no trace id: 32 hexadecimal digits, not all 0.",
        _ => null,
    };

    private static IReadOnlyList<AuditOutcome> Outcomes(IReadOnlyList<string> words) => [.. words.Select(AuditWords.Outcome).OfType<AuditOutcome>()];

    private static IReadOnlyList<string> Traces(IReadOnlyList<string> texts) =>
        [.. texts.Select(static text => TraceId.TryParse(text, out var trace) ? trace.ToString() : text)];
}
