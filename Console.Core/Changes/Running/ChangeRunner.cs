using Microsoft.Extensions.Logging;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// Carries changes out: the intent is committed to the audit trail, then the PATCH leaves, once; then the operation is followed
/// and the outcome recorded. It goes on when the page that asked is gone, and the trail is all it needs to go on after a restart.
/// </summary>
public sealed class ChangeRunner(
    ICloudRun cloudRun, ICloudRunWriter writer, IAuditTrail trail, ChangeHistory history, ChangeBoard board, ChangeRules rules, TimeProvider time, ILogger<ChangeRunner> logger)
    : IAsyncDisposable
{
    /// <summary>So old must an intent be before a missing change counts as never sent: another console may be about to send it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly ChangeEvents _events = new(time);
    private readonly ChangeFollower _follower = new(cloudRun, writer, board, rules, time);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Active> _active = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _tasks = [];
    private volatile bool _closing;

    /// <summary>Begins a change. Comes back when the intent is recorded; the rest is on the <see cref="ChangeBoard"/>.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="plan">What they saw.</param>
    /// <param name="reason">Why.</param>
    /// <param name="typed">What was typed to confirm, where <see cref="Plan.TypeToConfirm"/> asks.</param>
    /// <param name="cancellationToken">Gives up before the intent is recorded; after that, it goes on.</param>
    public async Task<ChangeStart> StartAsync(Actor actor, Plan plan, string reason, string? typed, CancellationToken cancellationToken)
    {
        reason = reason.Trim();
        ChangeError? error =
            !actor.May(Permission.ChangeServices) ? new ChangeError.NotAllowed(actor.DisplayName)
            : reason.Length > ChangeRules.LongestReason || (rules.ReasonRequired && reason.Length == 0) ? new ChangeError.BadReason(ChangeRules.LongestReason)
            : plan.TypeToConfirm is { } name && typed?.Trim() != name ? new ChangeError.NotConfirmed(name)
            : _closing || _stop.IsCancellationRequested ? new ChangeError.Stopping()
            : null;
        if (error is not null)
        {
            return new ChangeStart(null, error);
        }

        Active active;
        lock (_gate)
        {
            if (_active.TryGetValue(plan.Resource.Value, out var other))
            {
                // A second click is the first one, seen again.
                return other.Plan == plan && other.ActorId == actor.Id ? Again(other)
                    : other.Run is { } run ? new ChangeStart(null, new ChangeError.UnderWay(board.Find(run.Id) ?? run))
                    : new ChangeStart(null, new ChangeError.NotRecorded("Somebody else is beginning a change of it at this moment; plan again."));
            }

            active = new Active(plan, actor.Id);
            _active[plan.Resource.Value] = active;
        }

        return await BeginAsync(actor, plan, reason, active, cancellationToken);
    }

    /// <summary>Looks at the changes whose outcome the trail does not hold, and records what became of them. Called at start.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var project in cloudRun.Projects)
        {
            try
            {
                foreach (var open in await history.OpenAsync(project, time.GetUtcNow(), cancellationToken))
                {
                    if (board.Find(open.Id) is not { IsOver: false })
                    {
                        Log.Settling(logger, open.Id, open.Resource.Value);
                        board.Set(open with { Steps = [new ChangeStep(time.GetUtcNow(), "The console stopped before the end was seen. Looking what became of it.")] });
                        Spawn(SettleAsync(open.Id));
                    }
                }
            }
            catch (AuditUnavailableException e)
            {
                Log.NotSettled(logger, project, e.Message);
            }
        }
    }

    /// <summary>Ends when all changes that are on their way have ended; for tests and an orderly stop.</summary>
    public async Task IdleAsync()
    {
        while (true)
        {
            Task[] tasks;
            lock (_gate)
            {
                tasks = [.. _tasks];
            }

            if (tasks.Length == 0)
            {
                return;
            }

            await Task.WhenAll(tasks);
        }
    }

    /// <summary>Begins nothing more, and waits for what is on its way until told not to; the next start settles what is left then.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _closing = true;
        try
        {
            await IdleAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Out of time: the trail holds the intent.
        }

        await _stop.CancelAsync();
        await IdleAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await IdleAsync();
        _stop.Dispose();
    }

    private ChangeStart Again(Active other) => other.Run is { } run
        ? new ChangeStart(board.Find(run.Id) ?? run, null)
        : new ChangeStart(null, new ChangeError.NotRecorded("It is being recorded at this moment."));

    private async Task<ChangeStart> BeginAsync(Actor actor, Plan plan, string reason, Active active, CancellationToken cancellationToken)
    {
        var began = false;
        try
        {
            var intent = _events.Intent(actor, plan, reason);
            await trail.RecordAsync(intent, cancellationToken);
            var run = new ChangeRun
            {
                Id = intent.Id,
                Resource = plan.Resource,
                Change = plan.Change,
                Settings = plan.Settings,
                Etag = plan.Etag,
                NewRevision = plan.NewRevision,
                LatestRevision = plan.LatestRevision,
                ActorId = actor.Id,
                ActorName = actor.DisplayName,
                Reason = reason,
                StartedAt = intent.Time,
                Phase = ChangePhase.Recorded,
                Steps = [new ChangeStep(intent.Time, "Recorded in the audit trail.")],
            };
            active.Run = run;
            board.Set(run);
            Log.Begins(logger, run.Id, run.Resource.Value);
            began = true;
            Spawn(CarryOutAsync(run, plan));
            return new ChangeStart(run, null);
        }
        catch (AuditUnavailableException e)
        {
            return new ChangeStart(null, new ChangeError.NotRecorded(e.Message));
        }
        finally
        {
            if (!began)
            {
                Release(plan.Resource);
            }
        }
    }

    private async Task CarryOutAsync(ChangeRun run, Plan plan)
    {
        await Task.Yield();
        try
        {
            run = await _follower.SendAsync(run, plan.Body, plan.Mask, _stop.Token);
            await EndAsync(run);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next start settles it.
        }
        catch (Exception e)
        {
            Log.FollowingFailed(logger, e, run.Id);
            board.Set((board.Find(run.Id) ?? run) with
            {
                Phase = ChangePhase.Unknown,
                LeftOpen = true,
                Message = "The console lost track of it. The intent is on the record; the next start of the console looks what became of it.",
                EndedAt = time.GetUtcNow(),
            });
        }
        finally
        {
            Release(run.Resource);
        }
    }

    private async Task SettleAsync(string id)
    {
        await Task.Yield();
        try
        {
            var run = board.Find(id)!;
            if (run.StartedAt + Grace - time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, _stop.Token);
            }

            await EndAsync(await _follower.LookAsync(run, mayComeLate: false, _stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next start settles it.
        }
        catch (Exception e)
        {
            Log.FollowingFailed(logger, e, id);
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
                board.Set(run with { OutcomeRecorded = true });
                return;
            }
            catch (AuditUnavailableException e) when (e.Message.Contains("holds another event", StringComparison.Ordinal))
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

    private void Release(ResourceName resource)
    {
        lock (_gate)
        {
            _active.Remove(resource.Value);
        }
    }

    private void Spawn(Task task)
    {
        lock (_gate)
        {
            _tasks.Add(task);
        }

        _ = task.ContinueWith(
            done =>
            {
                lock (_gate)
                {
                    _tasks.Remove(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private sealed class Active(Plan plan, string actorId)
    {
        public Plan Plan { get; } = plan;

        public string ActorId { get; } = actorId;

        /// <summary>Null until the intent is recorded.</summary>
        public ChangeRun? Run { get; set; }
    }
}
