using OpsConsole.Core.Access;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Accepting a finding: with a reason, until a date, on the record. The permission is checked here, whatever a page shows.
/// </summary>
public sealed class Acceptances(IAcceptanceStore store, TimeProvider time)
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
        AcceptanceError? error =
            !actor.May(Permission.AcceptFindings) ? new AcceptanceError.NotAllowed(actor.DisplayName)
            : reason.Length is 0 or > MaxReason ? new AcceptanceError.BadReason(MaxReason)
            : expires <= now || expires > now + MaxDuration ? new AcceptanceError.BadExpiry()
            : null;
        return error is not null
            ? new AcceptanceResult(null, error)
            : await RecordAsync(
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
        if (!actor.May(Permission.AcceptFindings))
        {
            return new AcceptanceResult(null, new AcceptanceError.NotAllowed(actor.DisplayName));
        }

        if (reason.Length is 0 or > MaxReason)
        {
            return new AcceptanceResult(null, new AcceptanceError.BadReason(MaxReason));
        }

        var history = await store.HistoryAsync(project, findingId, cancellationToken);
        return history is [var latest, ..] && latest.CountsAt(now)
            ? await RecordAsync(
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

    private async Task<AcceptanceResult> RecordAsync(Acceptance acceptance, CancellationToken cancellationToken)
    {
        try
        {
            await store.AddAsync(acceptance, cancellationToken);
            return new AcceptanceResult(acceptance, null);
        }
        catch (IOException e)
        {
            return new AcceptanceResult(null, new AcceptanceError.NotStored(e.Message));
        }
    }
}
