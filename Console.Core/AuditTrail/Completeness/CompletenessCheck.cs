using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// Compares requests with events by their trace ids. Pure: the same facts give the same report, in whatever order they come.
/// </summary>
public static class CompletenessCheck
{
    /// <summary>Makes the report.</summary>
    /// <param name="requests">What the logs hold.</param>
    /// <param name="events">Events that may belong to it: those of the service, and those of the requests' traces. Others do no harm.</param>
    /// <param name="rules">The rules that chose <see cref="ServiceRequests.Required"/>.</param>
    /// <param name="options">How to compare.</param>
    /// <param name="asOf">When the events were looked up.</param>
    /// <param name="background">What background activity says of each revision.</param>
    public static CompletenessReport Of(
        ServiceRequests requests,
        IReadOnlyCollection<EventFact> events,
        CompletenessRules rules,
        CompletenessOptions options,
        DateTimeOffset asOf,
        IReadOnlyList<RevisionSummary> background)
    {
        var facts = events.DistinctBy(static e => (e.Workspace, e.Id)).OrderBy(static e => e.Time).ThenBy(static e => e.Id, StringComparer.Ordinal).ToList();
        var bulk = new BulkDeliveries(facts, options);
        var byTrace = facts.Where(static e => e.TraceId is not null).ToLookup(static e => e.TraceId!, StringComparer.Ordinal);
        List<CompletenessRow> rows = [];
        foreach (var trace in requests.Required.OrderBy(static r => r.Start).ThenBy(static r => r.Number).GroupBy(static r => r.TraceId, StringComparer.Ordinal))
        {
            var group = trace.ToList();
            var found = trace.Key is null ? new EventFact?[group.Count] : TraceMatching.Match(group, [.. byTrace[trace.Key]]);
            rows.AddRange(group.Select((request, i) => Judge(request, found[i], bulk, rules, options, asOf)));
        }

        rows.Sort(static (a, b) => (a.Request.Start, a.Request.Number).CompareTo((b.Request.Start, b.Request.Number)));

        // What happened in the last moments may belong to a request whose entry is not in the logs yet: it is written at its end.
        var settled = requests.To - options.Grace;
        return new CompletenessReport
        {
            Service = requests.Service,
            From = requests.From,
            To = requests.To,
            AsOf = asOf,
            Rules = rules,
            Options = options,
            Requests = requests.Count,
            Rows = rows,
            Extra =
            [
                .. facts.Where(e => e.Service == requests.Service.Service && e.Time >= requests.From && e.Time < settled
                    && (e.TraceId is null || !requests.Traces.Contains(e.TraceId))).Select(static e => new ExtraEvent(e, e.TraceId is not null)),
            ],
            Revisions = Revisions(rows, background),
        };
    }

    private static CompletenessRow Judge(
        RequestFact request, EventFact? fact, BulkDeliveries bulk, CompletenessRules rules, CompletenessOptions options, DateTimeOffset asOf)
    {
        if (fact is null)
        {
            return new CompletenessRow
            {
                Request = request,
                State = request.TraceId is null ? CompletenessState.Undecidable
                    : asOf - request.End < options.Grace ? CompletenessState.NotDue
                    : CompletenessState.Missing,
            };
        }

        var source = rules.Clock == CompletenessClock.Source || bulk.Contains(fact);
        var after = (source ? fact.Time : fact.RecordedAt) - request.End;
        return new CompletenessRow
        {
            Request = request,
            State = after > options.Tolerance ? CompletenessState.Late : CompletenessState.InTime,
            Event = fact,
            After = after,
            BySourceClock = source,
        };
    }

    private static List<RevisionCompleteness> Revisions(List<CompletenessRow> rows, IReadOnlyList<RevisionSummary> background) =>
    [
        .. rows.GroupBy(static row => row.Request.Revision).OrderBy(static group => group.Key.Revision, StringComparer.Ordinal).Select(group =>
        {
            int Count(CompletenessState state) => group.Count(row => row.State == state);
            return new RevisionCompleteness
            {
                Revision = group.Key.Revision,
                Required = group.Count(),
                InTime = Count(CompletenessState.InTime),
                Late = Count(CompletenessState.Late),
                Missing = Count(CompletenessState.Missing),
                NotDue = Count(CompletenessState.NotDue),
                Undecidable = Count(CompletenessState.Undecidable),
                Latest = group.Where(static row => row.State == CompletenessState.Late).Max(static row => row.After),
                Background = background.FirstOrDefault(summary => summary.Key == group.Key),
            };
        }),
    ];
}
