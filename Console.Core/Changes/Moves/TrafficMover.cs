using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>
/// Takes the steps of gradual moves when their time comes, each a change of its own. A move stops by itself when a step fails, when the
/// revision has more errors than the others, when a receipt is bad, and when somebody else has changed the traffic. The trail is the
/// only memory: acts from any browser and any console reach it there. When the console that carries a move out is gone, another one (or the same
/// after a restart) goes on with it, where that is safe: see <see cref="SettleAsync"/>.
/// </summary>
public sealed partial class TrafficMover : IAsyncDisposable
{
    /// <summary>How often the trail is looked at for acts of others.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    /// <summary>Between the end of a step and its outcome in the trail.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    /// <summary>How long Cloud Run may be out of reach before a move stops.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan AfterError = TimeSpan.FromMinutes(1);

    private readonly ChangeRunner _runner;
    private readonly ChangeDesk _desk;
    private readonly MoveHistory _history;
    private readonly MoveBoard _board;
    private readonly ITrafficHealth _health;
    private readonly IChangeVerdicts _verdicts;
    private readonly IAuditTrail _trail;
    private readonly ICloudRun _cloudRun;
    private readonly IConsoles _consoles;
    private readonly TimeProvider _time;
    private readonly ILogger<TrafficMover> _logger;
    private readonly MoveEvents _events;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _driving = new(StringComparer.Ordinal);

    /// <summary>Listens from now on: every gradual move that this process begins is carried on.</summary>
    public TrafficMover(
        ChangeRunner runner, ChangeDesk desk, MoveHistory history, MoveBoard board, ITrafficHealth health, IChangeVerdicts verdicts, IAuditTrail trail,
        ICloudRun cloudRun, IConsoles consoles, TimeProvider time, ILogger<TrafficMover> logger)
    {
        (_runner, _desk, _history, _board, _health, _verdicts, _trail) = (runner, desk, history, board, health, verdicts, trail);
        (_cloudRun, _consoles, _time, _logger) = (cloudRun, consoles, time, logger);
        _events = new MoveEvents(time, consoles.Name);
        _runner.Began += OnBegan;
    }

    /// <summary>Pauses a move: the traffic stays as it is.</summary>
    /// <returns>Why not, for people; null when done.</returns>
    public Task<string?> PauseAsync(Actor actor, ResourceName service, string id, CancellationToken cancellationToken) =>
        ActAsync(actor, service, id, MoveAct.Paused, static m => m.State == MoveState.Running, cancellationToken);

    /// <summary>Goes on with a paused move, from this console.</summary>
    /// <returns>Why not, for people; null when done.</returns>
    public async Task<string?> ResumeAsync(Actor actor, ResourceName service, string id, CancellationToken cancellationToken)
    {
        var error = await ActAsync(actor, service, id, MoveAct.Resumed, static m => m.State == MoveState.Paused, cancellationToken);
        if (error is null)
        {
            Drive(service, id);
        }

        return error;
    }

    /// <summary>Ends a move where it is.</summary>
    /// <returns>Why not, for people; null when done.</returns>
    public Task<string?> StopAsync(Actor actor, ResourceName service, string id, CancellationToken cancellationToken) =>
        ActAsync(actor, service, id, MoveAct.Stopped, static m => !m.IsOver, cancellationToken);

    /// <summary>Ends when no move is carried on here any more.</summary>
    public async Task IdleAsync()
    {
        while (true)
        {
            Task[] tasks;
            lock (_gate)
            {
                tasks = [.. _driving.Values];
            }

            if (tasks.Length == 0)
            {
                return;
            }

            await Task.WhenAll(tasks);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _runner.Began -= OnBegan;
        await _stop.CancelAsync();
        await IdleAsync();
        _stop.Dispose();
    }

    private void OnBegan(object? sender, ChangeRun run)
    {
        if (run.Change is MoveTraffic)
        {
            Drive(run.Resource, run.Id);
        }
    }

    private void Drive(ResourceName service, string id)
    {
        lock (_gate)
        {
            if (!_driving.ContainsKey(id) && !_stop.IsCancellationRequested)
            {
                _driving[id] = DriveAsync(service, id);
            }
        }
    }

    private async Task DriveAsync(ResourceName service, string id)
    {
        await Task.Yield();
        try
        {
            while (await GoOnOrWaitAsync(service, id))
            {
                _board.Tell(id);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Another console goes on, or the next start.
        }
        finally
        {
            lock (_gate)
            {
                _driving.Remove(id);
            }

            _board.Tell(id);
        }
    }

    /// <summary>An error that nobody expected is no end: the trail says that this console carries the move out, and nobody else would.</summary>
    private async Task<bool> GoOnOrWaitAsync(ResourceName service, string id)
    {
        try
        {
            return await GoOnAsync(service, id);
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            Log.Failed(_logger, e, id);
            await Task.Delay(AfterError, _time, _stop.Token);
            return true;
        }
    }

    /// <summary>One look at the move and what follows from it; false when it is not to be carried on here.</summary>
    private async Task<bool> GoOnAsync(ResourceName service, string id)
    {
        TrafficMove? move;
        try
        {
            move = await _history.FindAsync(service, id, _stop.Token);
        }
        catch (AuditUnavailableException)
        {
            await Task.Delay(Glance, _time, _stop.Token);
            return true;
        }

        if (move is not { State: MoveState.Running })
        {
            // A failed step, or the last one, ended it: that goes on the record once.
            if (move is { IsOver: true, IsRecorded: false })
            {
                CrashPoints.At(CrashStep.MoveEnded);
                await EndAsync(move);
            }

            return false;
        }

        if (move.Console != _consoles.Name)
        {
            // Another console has taken it over: this one was taken for gone, or somebody resumed it there.
            return false;
        }

        if (move.NextAt is not { } next)
        {
            await _runner.EndOfAsync(move.Latest.Change!.Id, _stop.Token);
            await Task.Delay(Breath, _time, _stop.Token);
            return true;
        }

        var wait = next - _time.GetUtcNow();
        if (await BadReceiptAsync(move) is { } bad)
        {
            return await StopAsync(move, bad);
        }

        // A timer knows no less than a millisecond.
        if (wait > TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(wait < Glance ? wait : Glance, _time, _stop.Token);
            return true;
        }

        return await StepAsync(move);
    }

    private async Task<bool> StepAsync(TrafficMove move)
    {
        if (await _health.WhyStopAsync(move.Resource, move.Change.Revision, move.Latest.Change!.EndedAt!.Value, _stop.Token) is { } unhealthy)
        {
            return await StopAsync(move, unhealthy);
        }

        var answer = await _desk.PlanAsync(move.Resource, new ShiftTraffic(move.Change.Revision, move.Next!.Percent), _stop.Token);
        if ((answer.Error ?? answer.NotChecked) is CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer
            && _time.GetUtcNow() - move.NextAt!.Value < Patience)
        {
            await Task.Delay(Glance, _time, _stop.Token);
            return true;
        }

        if (Meanwhile(move, answer) is { } changed)
        {
            return await StopAsync(move, changed);
        }

        if (answer.Planning is not Planning.Ready { Plan: var plan })
        {
            return await StopAsync(move, answer.Planning is Planning.Refused refused
                ? string.Join(' ', refused.Refusals.Select(static r => r.Reason))
                : answer.Error?.Message ?? "The next step would change nothing.");
        }

        CrashPoints.At(CrashStep.MoveStepDue);
        var first = move.First;
        var requester = new Actor(first.ActorId, first.ActorName, [Role.Sre]);
        var start = await _runner.StartAsync(
            requester, plan, first.Reason, null, new ChangeContext { Move = move.Id, Approval = first.Approval }, _stop.Token);
        switch (start.Error)
        {
            case null:
                return true;
            case ChangeError.UnderWay { Other: var other } when other.Move == move.Id:
                // Another console carries it on.
                return false;
            case ChangeError.Stopping:
                // Another console goes on, or the next start.
                return false;
            case ChangeError.NotRecorded:
                await Task.Delay(Glance, _time, _stop.Token);
                return true;
            default:
                return await StopAsync(move, start.Error.Message);
        }
    }

    private static string? Meanwhile(TrafficMove move, DeskAnswer answer)
    {
        if (answer.Input is not { } input || ServiceDocument.Parse(input.RawJson) is not { } document)
        {
            return null;
        }

        var share = ShiftTraffic.Share(document, move.Change.Revision);
        if (share == move.Latest.Percent)
        {
            return null;
        }

        var who = ServiceDocument.Text(document.Root, "lastModifier");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The traffic was changed meanwhile: {MoveTraffic.Name(move.Change.Revision)} receives {share} %, the last step had made it {move.Latest.Percent} %. {(who.Length > 0 ? $"{who} wrote the service last." : "")}").TrimEnd();
    }

    private async Task<string?> BadReceiptAsync(TrafficMove move)
    {
        foreach (var step in move.Steps.Where(static s => s.Change is { Phase: ChangePhase.Succeeded }))
        {
            if (await _verdicts.FindAsync(move.Resource, step.Change!.Id, _stop.Token) is { IsBad: true } bad)
            {
                return string.Create(CultureInfo.InvariantCulture, $"The receipt of the step to {step.Percent} % is bad. {bad.Sentence}");
            }
        }

        return null;
    }

    private async Task<bool> StopAsync(TrafficMove move, string why)
    {
        await PersistAsync(move.First, MoveAct.Stopped, $"It stopped by itself. {why}");
        return false;
    }

    private Task EndAsync(TrafficMove move)
    {
        var (act, reason) = EndOf(move);
        return PersistAsync(move.First, act, reason);
    }

    private static (MoveAct Act, string Reason) EndOf(TrafficMove move) => move.State == MoveState.Finished
        ? (MoveAct.Finished, "")
        : (MoveAct.Stopped, $"It stopped by itself: the step to {move.Latest.Percent.ToString(CultureInfo.InvariantCulture)} % did not succeed. {move.Latest.Change!.Message}");

    private async Task PersistAsync(ChangeRun first, MoveAct act, string reason)
    {
        var record = _events.Of(null, first, act, reason);
        while (true)
        {
            try
            {
                await _trail.RecordAsync(record, _stop.Token);
                Log.Acts(_logger, first.Id, first.Resource.Value, act);
                _board.Tell(first.Id);
                return;
            }
            catch (AuditUnavailableException)
            {
                await Task.Delay(Glance, _time, _stop.Token);
            }
        }
    }

    private async Task<string?> ActAsync(
        Actor actor, ResourceName service, string id, MoveAct act, Func<TrafficMove, bool> may, CancellationToken cancellationToken)
    {
        if (!actor.MayIn(Permission.ChangeServices, service.Project))
        {
            return new ChangeError.NotAllowed(actor.DisplayName).Message;
        }

        try
        {
            if (await _history.FindAsync(service, id, cancellationToken) is not { } move)
            {
                return "There is no such move of traffic.";
            }

            if (!may(move))
            {
                return $"It is {MoveWords.Of(move.State)} now.";
            }

            await RecordAsync(actor, move.First, act, "", cancellationToken);
            return null;
        }
        catch (AuditUnavailableException e)
        {
            return new ChangeError.NotRecorded(e.Message).Message;
        }
    }

    private async Task RecordAsync(Actor? actor, ChangeRun first, MoveAct act, string reason, CancellationToken cancellationToken)
    {
        await _trail.RecordAsync(_events.Of(actor, first, act, reason), cancellationToken);
        Log.Acts(_logger, first.Id, first.Resource.Value, act);
        _board.Tell(first.Id);
    }
}
