using Microsoft.Extensions.Logging;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// Carries changes out: the intent is committed to the audit trail, then the PATCH leaves, once; then the operation is followed
/// and the outcome recorded. It goes on when the page that asked is gone, and the trail is all it needs to go on after a restart.
/// Two consoles on one trail see each other's changes: of two that begin one on the same state of a service, one is first.
/// What a console has in hand is left to it while it runs, however long it takes; when it has gone, the others look what became of it.
/// A service that takes a second person is changed only with an approval, whoever asks.
/// </summary>
public sealed partial class ChangeRunner(
    ICloudRun cloudRun, ICloudRunWriter writer, IAuditTrail trail, ChangeHistory history, ChangeBoard board, ApprovalGate gate, ChangeRules rules, IConsoles consoles, TimeProvider time, ILogger<ChangeRunner> logger)
    : IAsyncDisposable
{
    /// <summary>How often the trail is looked at for the outcome of another console's change.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    /// <summary>The same while the trail is away.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);

    /// <summary>How often an intent whose record was not confirmed is looked for.</summary>
    private const int LooksForUnconfirmed = 5;

    /// <summary>So young an intent may be this console's own, not on its board yet.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    /// <summary>How often an id may turn out to be taken.</summary>
    private const int Attempts = 4;

    private readonly ChangeEvents _events = new(time);
    private readonly ChangeFollower _follower = new(cloudRun, writer, board, rules, time);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Active> _active = new(StringComparer.Ordinal);
    private readonly RunningTasks _tasks = new();
    private Task _unconfirmed = Task.CompletedTask;
    private volatile bool _closing;

    /// <summary>Raised when a change was begun here, after its intent was recorded and before it is sent.</summary>
    public event EventHandler<ChangeRun>? Began;

    /// <summary>Begins a change. Comes back when the intent is recorded; the rest is on the <see cref="ChangeBoard"/>.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="plan">What they saw.</param>
    /// <param name="reason">Why.</param>
    /// <param name="typed">What was typed to confirm, where <see cref="Plan.TypeToConfirm"/> asks.</param>
    /// <param name="cancellationToken">Gives up before the intent is recorded; after that, it goes on.</param>
    public Task<ChangeStart> StartAsync(Actor actor, Plan plan, string reason, string? typed, CancellationToken cancellationToken) =>
        StartAsync(actor, plan, reason, typed, ChangeContext.Alone, cancellationToken);

    /// <summary>The same for a change that is a part of something: a row of a bulk, a step of a move, what a second person approved.</summary>
    /// <param name="actor">Who asked: with an approval the one who made the request.</param>
    /// <param name="plan">What they saw.</param>
    /// <param name="reason">Why.</param>
    /// <param name="typed">What was typed to confirm.</param>
    /// <param name="context">What it is a part of.</param>
    /// <param name="cancellationToken">Gives up before the intent is recorded; after that, it goes on.</param>
    public async Task<ChangeStart> StartAsync(Actor actor, Plan plan, string reason, string? typed, ChangeContext context, CancellationToken cancellationToken)
    {
        reason = reason.Trim();
        ChangeError? error =
            !actor.MayIn(Permission.ChangeServices, plan.Resource.Project) ? new ChangeError.NotAllowed(actor.DisplayName)
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

        return await BeginAsync(actor, plan, reason, active, context, cancellationToken);
    }

    /// <summary>
    /// Looks at the changes whose outcome the trail does not hold, and records what became of them; those of another console that runs are its
    /// own, and are only watched. Called at start and then again and again.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (await LivingAsync(cancellationToken) is not { } living)
        {
            return;
        }

        foreach (var project in cloudRun.Projects)
        {
            try
            {
                foreach (var open in await history.OpenAsync(project, time.GetUtcNow(), cancellationToken))
                {
                    if (open.Console != consoles.Name && living.Contains(open.Console))
                    {
                        Adopt(open);
                    }
                    else if (board.Find(open.Id) is not { IsOver: false })
                    {
                        Log.Settling(logger, open.Id, open.Resource.Value);
                        board.Set(open with { Steps = [new ChangeStep(time.GetUtcNow(), "The console stopped before the end was seen. Looking what became of it.")] });
                        _tasks.Add(SettleAsync(open.Id));
                    }
                }
            }
            catch (AuditUnavailableException e)
            {
                Log.NotSettled(logger, project, e.Message);
            }
        }
    }

    /// <summary>A change as it stands: from the board, else from the trail; null where there is none.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<ChangeRun?> FindAsync(ResourceName resource, string id, CancellationToken cancellationToken) =>
        board.Find(id) ?? await history.FindAsync(resource, id, cancellationToken);

    /// <summary>The change at its end. Comes back at once for one that has ended, or that this board does not have.</summary>
    public async Task<ChangeRun?> EndOfAsync(string id, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = board.Subscribe(run =>
        {
            if (run.Id == id && run.IsOver)
            {
                over.TrySetResult();
            }
        });
        if (board.Find(id) is { IsOver: false })
        {
            await over.Task.WaitAsync(cancellationToken);
        }

        return board.Find(id);
    }

    /// <summary>Ends when all changes that are on their way have ended; for tests and an orderly stop.</summary>
    public Task IdleAsync() => _tasks.IdleAsync();

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
        await _unconfirmed;
        _stop.Dispose();
    }

    private ChangeStart Again(Active other) => other.Run is { } run
        ? new ChangeStart(board.Find(run.Id) ?? run, null)
        : new ChangeStart(null, new ChangeError.NotRecorded("It is being recorded at this moment."));

    private async Task<ChangeStart> BeginAsync(Actor actor, Plan plan, string reason, Active active, ChangeContext context, CancellationToken cancellationToken)
    {
        var began = false;
        try
        {
            var gated = await gate.CheckAsync(plan, context, cancellationToken);
            if (gated.Error is not null)
            {
                return new ChangeStart(null, gated.Error);
            }

            var since = Environment.TickCount64;
            var (intent, other) = await RecordAsync(actor, plan, reason, context, gated.ApprovedBy, cancellationToken);
            if (intent is null)
            {
                return other!;
            }

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
                Bulk = context.Bulk,
                Move = context.Move,
                Approval = context.Approval,
                ApprovedBy = gated.ApprovedBy,
                Console = consoles.Name,
            };
            active.Run = run;
            board.Set(run);
            Log.Begins(logger, run.Id, run.Resource.Value);
            began = true;
            Began?.Invoke(this, run);
            _tasks.Add(CarryOutAsync(run, plan, since));
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

    private async Task CarryOutAsync(ChangeRun run, Plan plan, long since)
    {
        await Task.Yield();
        try
        {
            // By the machine's own clock: a process that was stopped or had no CPU must not send what others have given up meanwhile.
            var held = TimeSpan.FromMilliseconds(Environment.TickCount64 - since);
            run = held <= rules.SendWithin
                ? await _follower.SendAsync(run, plan.Body, plan.Mask, _stop.Token)
                : run with
                {
                    Phase = ChangePhase.Failed,
                    Message = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Nothing was sent: the console was held up for {held.TotalSeconds:0} s after it had recorded the change. Plan it again."),
                };
            CrashPoints.At(CrashStep.ChangeEnded);
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
            var ended = await _follower.LookAsync(run, run.StartedAt + rules.Grace, _stop.Token);
            CrashPoints.At(CrashStep.ChangeSettled);
            await EndAsync(ended);
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

    private void Release(ResourceName resource)
    {
        lock (_gate)
        {
            _active.Remove(resource.Value);
        }
    }

    private sealed class Active(Plan plan, string actorId)
    {
        public Plan Plan { get; } = plan;

        public string ActorId { get; } = actorId;

        /// <summary>Null until the intent is recorded.</summary>
        public ChangeRun? Run { get; set; }
    }
}
