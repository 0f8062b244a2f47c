using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Accepting a finding: with a reason, until a date, on the record. The permission is checked here, whatever a page shows; the event in the
/// audit trail commits with the act, and a refusal is an event of its own.
/// </summary>
public sealed class Acceptances(IAcceptanceStore store, IAuditTrail trail, ActEvents acts, TimeProvider time)
{
    /// <summary>Longest reason.</summary>
    public const int MaxReason = 2000;

    private const int MaxTemplate = 2000;

    /// <summary>An acceptance may last a year at most (and a day, so that "in a year" chosen as a date fits every time zone).</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(367);

    /// <summary>Accepts a finding until a time, or renews its acceptance.</summary>
    public async Task<AcceptanceResult> AcceptAsync(
        Actor actor, Finding finding, string reason, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        reason = reason.Trim();
        if (!actor.MayIn(Permission.AcceptFindings, finding.Revision.Project))
        {
            return await DenyAsync(actor, AuditActions.FindingAccept, finding.Revision.Project, finding.Id, cancellationToken);
        }

        AcceptanceError? error =
            reason.Length is 0 or > MaxReason ? new AcceptanceError.BadReason(MaxReason)
            : expires <= now || expires > now + MaxDuration ? new AcceptanceError.BadExpiry()
            : null;
        return error is not null
            ? new AcceptanceResult(null, error)
            : await RecordAsync(
                actor,
                new Acceptance
                {
                    Id = Guid.CreateVersion7(now),
                    FindingId = finding.Id,
                    Project = finding.Revision.Project,
                    Service = finding.Revision.Service,
                    Template = finding.Template.Length > MaxTemplate ? finding.Template[..MaxTemplate] : finding.Template,
                    Accepted = true,
                    Reason = reason,
                    ActorId = actor.Id,
                    ActorName = actor.DisplayName,
                    RecordedAt = now,
                    ExpiresAt = expires,
                },
                cancellationToken);
    }

    /// <summary>Takes the acceptance of a finding back, with a reason.</summary>
    public async Task<AcceptanceResult> WithdrawAsync(
        Actor actor, string project, string findingId, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        reason = reason.Trim();
        if (!actor.MayIn(Permission.AcceptFindings, project))
        {
            return await DenyAsync(actor, AuditActions.FindingWithdraw, project, findingId, cancellationToken);
        }

        if (reason.Length is 0 or > MaxReason)
        {
            return new AcceptanceResult(null, new AcceptanceError.BadReason(MaxReason));
        }

        IReadOnlyList<Acceptance> history;
        try
        {
            history = await store.HistoryAsync(project, findingId, cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            return new AcceptanceResult(null, new AcceptanceError.NotStored(e.Message));
        }

        return history is [var latest, ..] && latest.CountsAt(now)
            ? await RecordAsync(
                actor,
                latest with
                {
                    Id = Guid.CreateVersion7(now),
                    Accepted = false,
                    Reason = reason,
                    ActorId = actor.Id,
                    ActorName = actor.DisplayName,
                    RecordedAt = now,
                    ExpiresAt = null,
                },
                cancellationToken)
            : new AcceptanceResult(null, new AcceptanceError.NothingToWithdraw());
    }

    /// <summary>Findings of a project that are accepted now, by id. Withdrawn and expired ones are not in it.</summary>
    public async Task<IReadOnlyDictionary<string, Acceptance>> CurrentAsync(string project, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (await store.LatestAsync(project, cancellationToken))
            .Where(a => a.CountsAt(now))
            .ToDictionary(static a => a.FindingId, StringComparer.Ordinal);
    }

    /// <summary>All acts on one finding, newest first.</summary>
    public Task<IReadOnlyList<Acceptance>> HistoryAsync(string project, string findingId, CancellationToken cancellationToken) =>
        store.HistoryAsync(project, findingId, cancellationToken);

    private async Task<AcceptanceResult> RecordAsync(Actor actor, Acceptance acceptance, CancellationToken cancellationToken)
    {
        var action = acceptance.Accepted ? AuditActions.FindingAccept : AuditActions.FindingWithdraw;
        var record = acts.Of(actor, action, AuditOutcome.Success, acceptance.Project) with
        {
            Reason = acceptance.Reason,
            Resource = Resource(acceptance.Project, acceptance.FindingId),
            Details = ActEvents.Details(new { acceptance.Service, acceptance.Template, acceptance.ExpiresAt }),
        };
        try
        {
            await store.AddAsync(acceptance, record, cancellationToken);
            return new AcceptanceResult(acceptance, null);
        }
        catch (AuditUnavailableException e)
        {
            return new AcceptanceResult(null, new AcceptanceError.NotStored(e.Message));
        }
    }

    private async Task<AcceptanceResult> DenyAsync(Actor actor, string action, string project, string findingId, CancellationToken cancellationToken)
    {
        var error = new AcceptanceError.NotAllowed(actor.DisplayName);
        try
        {
            await trail.RecordAsync(
                acts.Of(actor, action, AuditOutcome.Denied, project) with { Reason = error.Message, Resource = Resource(project, findingId) }, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            // It stays denied; that the trail is down is on every screen.
        }

        return new AcceptanceResult(null, error);
    }

    private static AuditResource Resource(string project, string findingId) => new() { Type = "background.finding", Id = findingId, Project = project };
}
