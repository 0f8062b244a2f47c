using OpsConsole.Core.Access;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// Makes completeness checks on the record: that it is made is recorded before an event is read, and what it found (with the digest
/// of its evidence) before anybody sees it. The permission is checked here, whatever a page shows.
/// </summary>
public sealed class CompletenessChecks(IAuditReader reader, IAuditTrail trail, ActEvents acts, TimeProvider time)
{
    /// <summary>Trace ids asked for in one query.</summary>
    private const int TracesAtOnce = 200;

    /// <summary>Clocks differ, and a record may be begun before its request is logged: events are looked for so much around the window.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(5);

    /// <summary>Makes one.</summary>
    public async Task<CompletenessAnswer> RunAsync(Actor actor, CompletenessQuestion question, CancellationToken cancellationToken)
    {
        if (!actor.MayRead(Permission.VerifyAudit, question.Service.Project))
        {
            return new CompletenessAnswer.Refused($"{actor.DisplayName} may not check completeness: it needs the role {string.Join(" or ", Permissions.RolesWith(Permission.VerifyAudit))}.");
        }

        if (question.Rules.Rules.Problems is [var problem, ..])
        {
            return new CompletenessAnswer.Refused(problem);
        }

        try
        {
            var rules = question.Rules.Rules;
            var requests = await Task.Run(
                () => ServiceRequests.Of(question.Analysis, question.Service, question.From, question.To, rules, cancellationToken), cancellationToken);
            var asOf = time.GetUtcNow();
            var events = await ReadAsync(question, requests, Event(actor, question, AuditOutcome.Unknown, null), cancellationToken);
            var report = await Task.Run(
                () => CompletenessCheck.Of(requests, events, rules, new CompletenessOptions(), asOf, question.Analysis.Revisions), cancellationToken);
            var receipt = await trail.RecordAsync(Event(actor, question, AuditOutcome.Success, report), cancellationToken);
            return new CompletenessAnswer.Done(report, receipt);
        }
        catch (AuditUnavailableException e)
        {
            return new CompletenessAnswer.Refused(e.Message);
        }
    }

    private async Task<List<EventFact>> ReadAsync(CompletenessQuestion question, ServiceRequests requests, AuditEvent access, CancellationToken cancellationToken)
    {
        List<EventFact> events = [];
        var window = new AuditQuery { Sources = [question.Service.Service], From = question.From - Around, To = question.To + Around };
        await foreach (var record in reader.StreamAsync(window, access, cancellationToken))
        {
            events.Add(EventFact.Of(record));
        }

        // Events that name no service, or whose clock is far off, are found by the traces of the requests that are still without one.
        var found = events.Select(static e => e.TraceId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var without = requests.Required.Select(static r => r.TraceId).OfType<string>().Where(trace => !found.Contains(trace)).Distinct(StringComparer.Ordinal);
        foreach (var traces in without.Chunk(TracesAtOnce))
        {
            await foreach (var record in reader.OwnActsAsync(new AuditQuery { TraceIds = traces }.LimitedTo(access.Readable), cancellationToken))
            {
                events.Add(EventFact.Of(record));
            }
        }

        return events;
    }

    private AuditEvent Event(Actor actor, CompletenessQuestion question, AuditOutcome outcome, CompletenessReport? report) =>
        acts.Of(actor, AuditActions.AuditCompleteness, outcome) with
        {
            Resource = CompletenessRuleBook.Resource(question.Service),
            Details = ActEvents.Details(new
            {
                logs = question.Source.Value,
                from = question.From,
                to = question.To,
                purpose = question.Purpose,
                rules = question.Rules.Rules.Rules.Select(static r => r.ToString()),
                clock = question.Rules.Rules.Clock == CompletenessClock.Source ? "source" : "recorded",
                found = report is null ? null : new
                {
                    sentence = CompletenessSentence.Of(report),
                    requests = report.Requests,
                    required = report.Rows.Count,
                    inTime = report.Count(CompletenessState.InTime),
                    late = report.Count(CompletenessState.Late),
                    longestSeconds = report.Latest?.TotalSeconds,
                    missing = report.Count(CompletenessState.Missing),
                    notDue = report.Count(CompletenessState.NotDue),
                    undecidable = report.Count(CompletenessState.Undecidable),
                    bySourceClock = report.BySourceClock,
                    eventsWithoutRequest = report.Extra.Count,
                    evidenceSha256 = Convert.ToHexStringLower(CompletenessEvidence.Digest(report)),
                },
            }),
        };
}
