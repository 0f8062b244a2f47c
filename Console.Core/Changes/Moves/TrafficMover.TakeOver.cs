using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Moves;

/// <content>Moves whose console has gone.</content>
public sealed partial class TrafficMover
{
    /// <summary>
    /// Goes on with the moves whose console has gone, and records the end of those that had ended. Plan, steps and approval are on the record, so
    /// that nobody has to be asked again, as long as the service is as the last recorded step left it and the next step is not long overdue: else
    /// the move is paused, and says why. Called at start, when a console has gone, and then again and again.
    /// </summary>
    /// <returns>True when it is to be done again soon: of a last step the end is not recorded yet, or Cloud Run cannot be read now.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var again = false;
        try
        {
            var living = await _consoles.LivingAsync(cancellationToken);
            foreach (var move in (await _history.OfAsync(_cloudRun.Projects, cancellationToken)).Where(static m => m.State == MoveState.Running || m is { IsOver: true, IsRecorded: false }))
            {
                bool isMine;
                lock (_gate)
                {
                    isMine = _driving.ContainsKey(move.Id);
                }

                if (!isMine && !living.Contains(move.Console))
                {
                    again |= !await TakeOverAsync(move, cancellationToken);
                }
            }
        }
        catch (AuditUnavailableException e)
        {
            Log.NotSettled(_logger, e.Message);
            again = true;
        }

        return again;
    }

    /// <returns>False when it cannot be settled yet.</returns>
    private async Task<bool> TakeOverAsync(TrafficMove move, CancellationToken cancellationToken)
    {
        if (move.IsOver)
        {
            // Its last step ended, and the console before it could say so.
            var (act, reason) = EndOf(move);
            await RecordAsync(null, move.First, act, reason, cancellationToken);
            return true;
        }

        if (move.NextAt is not { } next)
        {
            // A step is under way; whoever takes changes over finds out what became of it.
            return false;
        }

        var overdue = _time.GetUtcNow() - next;
        var why = overdue > Patience
            ? string.Create(CultureInfo.InvariantCulture, $"the step to {move.Next!.Percent} % was due {next.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and no console was there to take it")
            : null;
        if (why is null)
        {
            var read = await Target.ReadAsync(_cloudRun, move.Resource, cancellationToken);
            if (read.Error is CloudRunError.Unavailable or CloudRunError.QuotaExceeded or CloudRunError.BadAnswer)
            {
                return false;
            }

            why = read.IsOk ? WhyOther(move, read.Value) : $"{move.Resource.Id} cannot be read: {read.Error!.Message.TrimEnd('.')}";
        }

        if (why is not null)
        {
            await RecordAsync(null, move.First, MoveAct.Paused, $"The console that moved it stopped, and {why}. Look at it, and resume or stop it.", cancellationToken);
            return true;
        }

        await RecordAsync(
            null,
            move.First,
            MoveAct.TakenOver,
            string.Create(CultureInfo.InvariantCulture, $"The console that moved it stopped, and another one goes on: the traffic is as the step to {move.Latest.Percent} % left it."),
            cancellationToken);
        Drive(move.Resource, move.Id);
        return true;
    }

    /// <summary>Why a service is not as the last step left it, in the middle of a sentence; null where it is.</summary>
    private static string? WhyOther(TrafficMove move, Target target)
    {
        var last = move.Latest.Change!;
        var who = target.LastModifier.Length > 0 ? $"; {target.LastModifier} wrote it last" : "";
        return !target.Has(last.Settings)
                ? string.Create(CultureInfo.InvariantCulture, $"the traffic is not as the step to {move.Latest.Percent} % left it{who}")
            : last.LatestRevision.Length > 0 && target.LatestCreated != last.LatestRevision
                ? $"there is a new revision since, {target.LatestCreated}{who}"
            : target.Reconciling ? $"somebody is changing {move.Resource.Id} at this moment{who}"
            : null;
    }
}
