using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>
/// Changes that take a second person: asked for, reviewed, approved or rejected with a reason. Every act is an event first.
/// Nobody decides on what they asked for; an approval is good for the one state of the service that was reviewed, once, and in time.
/// </summary>
public sealed class ApprovalDesk(
    ICloudRun cloudRun, ApprovalBook book, ApprovalPolicy policy, ChangeDesk desk, ChangeRunner runner, IAuditTrail trail, TimeProvider time)
{
    /// <summary>So long the console that took the approval has for beginning the change itself.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(30);

    /// <summary>After so long an approved change is not begun behind people's backs any more.</summary>
    private static readonly TimeSpan Resumable = TimeSpan.FromMinutes(30);

    private readonly ApprovalEvents _events = new(time);

    /// <summary>Asks a second person. The same change of the same state that waits already is not asked for twice.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="plan">What they saw.</param>
    /// <param name="input">What it was planned on.</param>
    /// <param name="reason">Why.</param>
    /// <param name="typed">What was typed to confirm, where <see cref="Plan.TypeToConfirm"/> asks.</param>
    /// <param name="cancellationToken">Gives up before it is recorded.</param>
    /// <param name="bulk">Bulk that it is a row of.</param>
    public async Task<ApprovalResult> AskAsync(
        Actor actor, Plan plan, PlanInput input, string reason, string? typed, CancellationToken cancellationToken, string? bulk = null)
    {
        reason = reason.Trim();
        var why = policy.WhyNeeded(plan.Resource, input.RawJson);
        ApprovalError? error =
            !actor.MayIn(Permission.ChangeServices, plan.Resource.Project) ? new ApprovalError.MayNotAsk(actor.DisplayName)
            : reason.Length is 0 or > ChangeRules.LongestReason ? new ApprovalError.BadReason()
            : plan.TypeToConfirm is { } name && typed?.Trim() != name ? new ApprovalError.NotConfirmed(name)
            : why is null ? new ApprovalError.NotNeeded()
            : null;
        if (error is not null)
        {
            return new ApprovalResult(null, error);
        }

        try
        {
            var now = time.GetUtcNow();
            var json = ChangeJson.Print(plan.Change);
            var waiting = (await book.OfAsync([plan.Resource.Project], cancellationToken)).FirstOrDefault(
                r => r.Resource == plan.Resource && r.Etag == plan.Etag && r.StateAt(now) == ApprovalState.Pending && ChangeJson.Print(r.Change) == json);
            if (waiting is not null)
            {
                return new ApprovalResult(waiting, null);
            }

            var asked = _events.Request(actor, plan, input.RawJson, why!, reason, AuditTrail.Events.AuditTime.Truncate(now + policy.ExpiresAfter), bulk);
            await trail.RecordAsync(asked, cancellationToken);
            CrashPoints.At(CrashStep.ApprovalAsked);
            return new ApprovalResult(ApprovalEvents.ReadRequest(asked), null);
        }
        catch (AuditUnavailableException e)
        {
            return new ApprovalResult(null, new ApprovalError.NotRecorded(e.Message));
        }
    }

    /// <summary>
    /// Approves, and begins the change. It is planned once more: where the service was changed since the request, the request is
    /// closed and nothing is applied.
    /// </summary>
    public Task<ApprovalResult> ApproveAsync(Actor actor, string project, string id, string reason, CancellationToken cancellationToken) =>
        DecideAsync(actor, project, id, reason, ApprovalState.Approved, async request =>
        {
            var (plan, error, stale) = await ReplanAsync(request, cancellationToken);
            if (stale is not null)
            {
                await trail.RecordAsync(_events.Decision(actor, request, ApprovalState.Stale, Fit(error!.Message), stale.Settings), cancellationToken);
                return new ApprovalResult(await book.FindAsync(project, id, cancellationToken), error);
            }

            if (plan is null)
            {
                return new ApprovalResult(request, error);
            }

            await trail.RecordAsync(_events.Decision(actor, request, ApprovalState.Approved, reason.Trim()), cancellationToken);
            CrashPoints.At(CrashStep.ApprovalDecided);
            return await BeginAsync(request, plan, cancellationToken);
        }, cancellationToken);

    /// <summary>Rejects, with a reason.</summary>
    public Task<ApprovalResult> RejectAsync(Actor actor, string project, string id, string reason, CancellationToken cancellationToken) =>
        DecideAsync(actor, project, id, reason, ApprovalState.Rejected, async request =>
        {
            await trail.RecordAsync(_events.Decision(actor, request, ApprovalState.Rejected, reason.Trim()), cancellationToken);
            return new ApprovalResult(await book.FindAsync(project, id, cancellationToken), null);
        }, cancellationToken);

    /// <summary>Takes a request back.</summary>
    public async Task<ApprovalResult> WithdrawAsync(Actor actor, string project, string id, CancellationToken cancellationToken)
    {
        try
        {
            var request = await book.FindAsync(project, id, cancellationToken);
            ApprovalError? error = request is null ? new ApprovalError.NotFound()
                : !request.IsOf(actor) ? new ApprovalError.NotYours(request.RequesterName)
                : request.StateAt(time.GetUtcNow()) is not ApprovalState.Pending and var state ? new ApprovalError.Decided(request, state)
                : null;
            if (error is not null)
            {
                return new ApprovalResult(request, error);
            }

            await trail.RecordAsync(_events.Decision(actor, request!, ApprovalState.Withdrawn, "Taken back."), cancellationToken);
            return new ApprovalResult(await book.FindAsync(project, id, cancellationToken), null);
        }
        catch (AuditUnavailableException e)
        {
            return await FailedAsync(project, id, e, cancellationToken);
        }
    }

    /// <summary>
    /// Puts what time has ended on the record, and begins what was approved when a console stopped before it could begin. Called at
    /// start and then again and again, by every console: the trail takes each once.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        foreach (var request in await book.OfAsync(cloudRun.Projects, cancellationToken))
        {
            var now = time.GetUtcNow();
            try
            {
                if (request.Decision is null && now >= request.ExpiresAt)
                {
                    await trail.RecordAsync(_events.Decision(null, request, ApprovalState.Expired, "Nobody decided in time."), cancellationToken);
                }
                else if (request.Decision is { State: ApprovalState.Approved } decision && now < request.ExpiresAt && now - decision.At > Beginning && now - decision.At < Resumable)
                {
                    await ResumeAsync(request, cancellationToken);
                }
            }
            catch (AuditUnavailableException e) when (e.HoldsAnother)
            {
                // Another console, or somebody's decision, was first.
            }
        }
    }

    private async Task ResumeAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        // Where the change is on the record, beginning it again only shows it; the look at the service is spared.
        if (await runner.FindAsync(request.Resource, request.ChangeId, cancellationToken) is null
            && (await ReplanAsync(request, cancellationToken)).Plan is { } plan)
        {
            await BeginAsync(request, plan, cancellationToken);
        }
    }

    private async Task<ApprovalResult> DecideAsync(
        Actor actor, string project, string id, string reason, ApprovalState tried, Func<ApprovalRequest, Task<ApprovalResult>> decide, CancellationToken cancellationToken)
    {
        try
        {
            if (await book.FindAsync(project, id, cancellationToken) is not { } request)
            {
                return new ApprovalResult(null, new ApprovalError.NotFound());
            }

            // One's own request first: it is refused whatever roles one has.
            ApprovalError? denied = request.IsOf(actor) ? new ApprovalError.OwnRequest(actor.DisplayName)
                : !actor.MayIn(Permission.ApproveChanges, request.Resource.Project) ? new ApprovalError.MayNotDecide(actor.DisplayName)
                : null;
            if (denied is not null)
            {
                await trail.RecordAsync(_events.Denied(actor, request, tried, denied.Message), cancellationToken);
                return new ApprovalResult(request, denied);
            }

            return request.StateAt(time.GetUtcNow()) is not ApprovalState.Pending and var state ? new ApprovalResult(request, new ApprovalError.Decided(request, state))
                : reason.Trim().Length is 0 or > ChangeRules.LongestReason ? new ApprovalResult(request, new ApprovalError.BadReason())
                : await decide(request);
        }
        catch (AuditUnavailableException e)
        {
            return await FailedAsync(project, id, e, cancellationToken);
        }
    }

    /// <summary>Plans the request again: the plan where all is as it was reviewed; what changed where it is not.</summary>
    private async Task<(Plan? Plan, ApprovalError? Error, Meanwhile? Stale)> ReplanAsync(ApprovalRequest request, CancellationToken cancellationToken)
    {
        var answer = await desk.PlanAsync(request.Resource, request.Change, cancellationToken);
        if (answer.Input is not { } input)
        {
            return (null, new ApprovalError.Impossible(answer.Error!.Message), null);
        }

        if (answer.Etag != request.Etag)
        {
            var masked = RawJsonMask.Apply(input.RawJson);
            var changed = request.Snapshot is { } before ? ChangeDesk.Compare(before, masked) : ChangeDesk.Compare(masked, masked);
            return (null, new ApprovalError.Stale(changed), changed);
        }

        return answer.Planning switch
        {
            Planning.Ready { Plan: var plan } when answer.NotChecked is null && plan.Settings.SequenceEqual(request.Settings) => (plan, null, null),
            Planning.Ready when answer.NotChecked is { } error => (null, new ApprovalError.Impossible(error.Message), null),
            Planning.Ready => (null, new ApprovalError.Impossible("this version of the console plans it differently. Ask for it anew."), null),
            Planning.Refused { Refusals: var refusals } => (null, new ApprovalError.Impossible(string.Join(' ', refusals.Select(static r => r.Reason))), null),
            _ => (null, new ApprovalError.Impossible("it is set so already."), null),
        };
    }

    private async Task<ApprovalResult> BeginAsync(ApprovalRequest request, Plan plan, CancellationToken cancellationToken)
    {
        // The change is the requester's: their right to change was checked when they asked, and is on the record.
        var requester = new Actor(request.RequesterId, request.RequesterName, [Role.Sre]);
        var start = await runner.StartAsync(
            requester, plan, request.Reason, plan.TypeToConfirm, new ChangeContext { Approval = request.Id, Bulk = request.Bulk }, cancellationToken);
        var now = await book.FindAsync(request.Resource.Project, request.Id, cancellationToken);
        return start.IsOk ? new ApprovalResult(now, null, start.Run) : new ApprovalResult(now, new ApprovalError.NotBegun(start.Error));
    }

    /// <summary>Somebody else's decision that came first is the answer; anything else is a trail that is away.</summary>
    private async Task<ApprovalResult> FailedAsync(string project, string id, AuditUnavailableException e, CancellationToken cancellationToken)
    {
        if (e.HoldsAnother && await book.FindAsync(project, id, cancellationToken) is { Decision: { } decision } request)
        {
            return new ApprovalResult(request, new ApprovalError.Decided(request, decision.State));
        }

        return new ApprovalResult(null, new ApprovalError.NotRecorded(e.Message));
    }

    private static string Fit(string text) => text.Length <= ChangeRules.LongestReason ? text : text[..ChangeRules.LongestReason];
}
