using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>Gradual moves, put together from the audit trail: there is no other memory of them, so that all consoles on one trail agree.</summary>
public sealed class MoveHistory(IAuditReader reader, ChangeBoard board, TimeProvider time)
{
    /// <summary>How far back moves are shown.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    private static readonly string[] Actions = [AuditActions.ChangeIntent, AuditActions.ChangeOutcome, AuditActions.ChangeMove];

    /// <summary>The moves of some projects, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<TrafficMove>> OfAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken) =>
        ReadAsync(new AuditQuery { Actions = Actions, Workspaces = projects, From = time.GetUtcNow() - Back }, cancellationToken);

    /// <summary>The moves of a service, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public Task<IReadOnlyList<TrafficMove>> OfAsync(ResourceName service, CancellationToken cancellationToken) =>
        ReadAsync(new AuditQuery { Actions = Actions, Workspaces = [service.Project], ResourceIds = [service.Value], From = time.GetUtcNow() - Back }, cancellationToken);

    /// <summary>One move; null where there is none of that id.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<TrafficMove?> FindAsync(ResourceName service, string id, CancellationToken cancellationToken) =>
        (await OfAsync(service, cancellationToken)).FirstOrDefault(m => m.Id == id);

    private async Task<IReadOnlyList<TrafficMove>> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        Dictionary<string, ChangeRun> runs = new(StringComparer.Ordinal);
        Dictionary<string, AuditEvent> outcomes = new(StringComparer.Ordinal);
        List<(long Sequence, MoveDetails Act, AuditEvent Event)> acts = [];
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            if (record.Position.Via != AuditVia.Console)
            {
                continue;
            }

            if (MoveEvents.Read(record.Event) is { } act)
            {
                acts.Add((record.Position.Sequence, act, record.Event));
            }
            else if (ChangeEvents.ReadIntent(record.Event) is { Change: MoveTraffic or ShiftTraffic } run)
            {
                runs[run.Id] = run;
            }
            else if (ChangeEvents.IntentOf(record.Event) is { } intent)
            {
                outcomes[intent] = record.Event;
            }
        }

        List<ChangeRun> changes = [.. runs.Values.Select(r => outcomes.TryGetValue(r.Id, out var outcome) ? ChangeEvents.WithOutcome(r, outcome) : board.Find(r.Id) ?? r)];
        return [.. changes
            .Where(static c => c.Change is MoveTraffic)
            .OrderByDescending(static c => c.StartedAt)
            .Select(first => Of(
                first,
                changes,
                [.. acts.Where(a => a.Act.Move == first.Id).OrderByDescending(static a => a.Sequence).Select(static a => (a.Act, a.Event))]))];
    }

    private static TrafficMove Of(ChangeRun first, List<ChangeRun> changes, List<(MoveDetails Act, AuditEvent Event)> acts)
    {
        var change = (MoveTraffic)first.Change;
        List<MoveStep> steps = [.. change.Steps.Select((percent, i) => new MoveStep(
            percent,
            i == 0 ? first : changes.FirstOrDefault(c => c.Move == first.Id && c.Change is ShiftTraffic shift && shift.Percent == percent)))];
        var latest = steps.Last(static s => s.Change is not null).Change!;
        var act = acts.Count > 0 ? acts[0].Act.Act : (MoveAct?)null;
        var who = acts.Count > 0 ? acts[0].Event : null;
        var ended = latest.OutcomeRecorded || latest.LeftOpen;
        var failed = ended && latest.Phase != ChangePhase.Succeeded;
        var state = act switch
        {
            MoveAct.Stopped => MoveState.Stopped,
            MoveAct.Finished => MoveState.Finished,
            MoveAct.Paused => MoveState.Paused,
            _ when failed => MoveState.Stopped,
            _ when ended && steps[^1].Change is not null => MoveState.Finished,
            _ => MoveState.Running,
        };
        return new TrafficMove
        {
            First = first,
            Change = change,
            Steps = steps,
            State = state,
            Message = state == MoveState.Stopped && act is null or MoveAct.Resumed or MoveAct.TakenOver ? failed ? latest.Message : ""
                : act is MoveAct.Paused or MoveAct.Stopped ? Said(who!)
                : act is MoveAct.TakenOver && state == MoveState.Running ? Said(who!)
                : "",
            IsRecorded = act is MoveAct.Stopped or MoveAct.Finished,
            Console = acts.FirstOrDefault(static a => a.Act.Act is MoveAct.Resumed or MoveAct.TakenOver).Act?.Console ?? first.Console,

            // Who takes it over changes nothing of when the next step is due.
            LastSign = new[] { latest.EndedAt ?? latest.StartedAt, acts.FirstOrDefault(static a => a.Act.Act != MoveAct.TakenOver).Event?.Time ?? DateTimeOffset.MinValue }.Max(),
        };
    }

    private static string Said(AuditEvent act) =>
        act.Actor.Type == AuditActorType.System ? act.Reason ?? ""
        : $"By {act.Actor.DisplayName ?? act.Actor.Id}{(act.Reason is { Length: > 0 } reason ? $": {reason}" : ".")}";
}
