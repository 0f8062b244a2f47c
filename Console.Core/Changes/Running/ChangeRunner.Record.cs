using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Running;

/// <content>What is written on the trail: the intent before, the outcome after, and an intent that was not confirmed.</content>
public sealed partial class ChangeRunner
{
    /// <summary>Records the intent, unless another console is changing the resource; then that is the answer.</summary>
    private async Task<(AuditEvent? Intent, ChangeStart? Other)> RecordAsync(
        Actor actor, Plan plan, string reason, ChangeContext context, string? approvedBy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // The recent ones tell whether one is under way; all of them, where the id that follows from those is taken by an older one.
            var earlier = attempt == 1
                ? await history.OfAsync(plan.Resource, time.GetUtcNow() - (2 * rules.LongestDeployment), cancellationToken)
                : await history.OfAsync(plan.Resource, cancellationToken);
            var id = context.Approval is { } request ? IntentIds.OfApproved(request, plan.Change) : IntentIds.Of(plan, earlier.Count(r => r.Etag == plan.Etag));
            if (earlier.FirstOrDefault(r => r.Id == id) is { } same)
            {
                // An approval is good for one attempt: whoever comes second sees the first.
                Adopt(same);
                return (null, new ChangeStart(board.Find(id) ?? same, null));
            }

            if (earlier.FirstOrDefault(r => r.Etag == plan.Etag && r.Phase == ChangePhase.Succeeded && r.ActorId != actor.Id) is { } first)
            {
                // Whoever is refused because of it is told who it was; one's own would only be told once more as ended.
                Adopt(first);
            }

            if (earlier.FirstOrDefault(IsUnderWay) is { } open)
            {
                Adopt(open);
                return (null, new ChangeStart(null, new ChangeError.UnderWay(board.Find(open.Id) ?? open)));
            }

            var intent = _events.Intent(actor, plan, reason, id, context, approvedBy, consoles.Name);
            try
            {
                CrashPoints.At(CrashStep.ChangeChecked);
                await trail.RecordAsync(intent, cancellationToken);
                CrashPoints.At(CrashStep.ChangeRecorded);
                return (intent, null);
            }
            catch (AuditUnavailableException e) when (e.HoldsAnother && attempt < Attempts)
            {
                // Another console was first; the next reading shows it.
            }
            catch (Exception e) when (e is not AuditUnavailableException { HoldsAnother: true })
            {
                // No answer, or nobody waits for it any more: it may be on the record all the same.
                lock (_gate)
                {
                    _unconfirmed = Task.WhenAll(_unconfirmed, CloseUnsentAsync(plan.Resource, intent));
                }

                throw;
            }
        }
    }

    /// <summary>
    /// Looks whether an intent that was not confirmed is on the record after all, and closes it: nothing was sent for it from here, and whoever asked
    /// was told so. One that is committed later still is found by <see cref="SeeOthersAsync"/>.
    /// </summary>
    private async Task CloseUnsentAsync(ResourceName resource, AuditEvent intent)
    {
        await Task.Yield();
        try
        {
            var pause = Glance;
            for (var look = 0; look < LooksForUnconfirmed; look++)
            {
                await Task.Delay(pause, time, _stop.Token);
                pause = Glance;
                try
                {
                    // By its time, too: an attempt that was not committed leaves its id to the next one.
                    var found = (await history.OfAsync(resource, intent.Time - rules.Grace, _stop.Token))
                        .FirstOrDefault(r => r.Id == intent.Id && (r.StartedAt - intent.Time).Duration() < TimeSpan.FromMilliseconds(1));
                    if (found is { OutcomeRecorded: false })
                    {
                        Log.Unconfirmed(logger, found.Id, resource.Value);
                        await EndAsync(found with
                        {
                            Phase = ChangePhase.Failed,
                            Message = "Nothing was sent: the audit trail did not confirm in time that it holds the intent. Plan it again.",
                            Steps = [new ChangeStep(time.GetUtcNow(), "The record was not confirmed in time. Nothing was sent.")],
                        });
                        return;
                    }
                }
                catch (AuditUnavailableException)
                {
                    // Away still: it is asked for as long as it takes, seldom.
                    look--;
                    pause = Away;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next start settles it.
        }
    }

    /// <summary>Records the outcome, however long the trail takes to come back; what could not be seen to the end stays open.</summary>
    private async Task EndAsync(ChangeRun run)
    {
        run = run with { EndedAt = run.EndedAt ?? time.GetUtcNow() };
        board.Set(run);
        Log.Ended(logger, run.Id, run.Resource.Value, run.Phase);
        if (run.LeftOpen)
        {
            return;
        }

        // The same instant each time: an event recorded twice must be one and the same.
        var outcome = _events.Outcome(run);
        for (var delay = TimeSpan.FromSeconds(1); ; delay = delay < TimeSpan.FromSeconds(30) ? delay * 2 : delay)
        {
            try
            {
                await trail.RecordAsync(outcome, _stop.Token);
                CrashPoints.At(CrashStep.ChangeOutcomeRecorded);
                board.Set(run with { OutcomeRecorded = true });
                return;
            }
            catch (AuditUnavailableException e) when (e.HoldsAnother)
            {
                // Another console saw the end too, and was first.
                board.Set(run with { OutcomeRecorded = true });
                return;
            }
            catch (AuditUnavailableException)
            {
                Log.NotRecordedYet(logger, run.Id, delay);
                await Task.Delay(delay, time, _stop.Token);
            }
        }
    }
}
