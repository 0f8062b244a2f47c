using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>
/// Applies the same change to several services, some at a time. Each row is a change of its own, with its own pair of events; a row
/// that fails does not stop the others. It goes on when the page is closed. It stops beginning rows when somebody stops it, from
/// whichever browser or console, or when the receipt of one of its changes turns bad.
/// </summary>
public sealed class BulkRunner(
    ChangeRunner runner,
    Approvals.ApprovalDesk approvals,
    IChangeVerdicts verdicts,
    IAuditTrail trail,
    BulkHistory history,
    BulkBoard board,
    ChangeRules changeRules,
    BulkRules rules,
    IConsoles consoles,
    TimeProvider time,
    ILogger<BulkRunner> logger) : IAsyncDisposable
{
    /// <summary>How often receipts are looked at.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly BulkEvents _events = new(time);
    private readonly CancellationTokenSource _stop = new();
    private readonly RunningTasks _tasks = new();

    /// <summary>Begins. Comes back when the beginning is recorded; the rest is on the <see cref="BulkBoard"/>.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="plan">What they saw.</param>
    /// <param name="reason">Why, for all of them.</param>
    /// <param name="typed">What was typed to confirm, where <see cref="BulkPlan.TypeToConfirm"/> asks.</param>
    /// <param name="receiptFirst">Change one service, wait for its receipt, and then the others.</param>
    /// <param name="cancellationToken">Gives up before it is recorded; after that, it goes on.</param>
    public async Task<BulkStart> StartAsync(Actor actor, BulkPlan plan, string reason, string? typed, bool receiptFirst, CancellationToken cancellationToken)
    {
        reason = reason.Trim();
        var longest = ChangeRules.LongestReason;
        var error =
            !actor.May(Permission.ChangeServices) || plan.Rows.Any(r => !actor.MayIn(Permission.ChangeServices, r.Resource.Project)) ? new ChangeError.NotAllowed(actor.DisplayName).Message
            : reason.Length > longest || ((changeRules.ReasonRequired || plan.NeedApproval > 0) && reason.Length == 0) ? new ChangeError.BadReason(longest).Message
            : plan.Ready.Count == 0 ? "There is nothing to apply: none of these services has a plan."
            : plan.Rows.Count > BulkPlan.MostServices ? string.Create(CultureInfo.InvariantCulture, $"At most {BulkPlan.MostServices} services are changed at once.")
            : plan.TypeToConfirm is { } confirm && typed?.Trim() != confirm ? $"Type '{confirm}' to confirm."
            : receiptFirst && verdicts.Within == TimeSpan.Zero ? "No receipts of changes are made here (OpsConsole:Changes:ReceiptMinutes is 0), so that none can be waited for."
            : _stop.IsCancellationRequested ? new ChangeError.Stopping().Message
            : null;
        if (error is not null)
        {
            return new BulkStart(null, error);
        }

        try
        {
            var begin = _events.Begin(actor, plan, reason, rules.Parallelism, receiptFirst, consoles.Name);
            await trail.RecordAsync(begin, cancellationToken);
            CrashPoints.At(CrashStep.BulkRecorded);
            var run = BulkEvents.ReadBegin(begin)!;
            board.Add(run);
            Log.Begins(logger, run.Id, run.Rows.Count);
            _tasks.Add(CarryOutAsync(actor, run.Id, plan));
            return new BulkStart(run, null);
        }
        catch (AuditUnavailableException e)
        {
            return new BulkStart(null, new ChangeError.NotRecorded(e.Message).Message);
        }
    }

    /// <summary>Stops what has not begun. What is under way goes on to its end.</summary>
    /// <returns>Why not, for people; null when recorded.</returns>
    public async Task<string?> CancelAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ChangeServices))
        {
            return new ChangeError.NotAllowed(actor.DisplayName).Message;
        }

        try
        {
            var run = board.Find(id) ?? await history.FindAsync(id, cancellationToken);
            if (run is null or { IsOver: true })
            {
                return run is null ? "There is no such bulk change." : "It has ended already.";
            }

            await trail.RecordAsync(_events.Cancel(actor, run), cancellationToken);
            Stop(id, $"{actor.DisplayName} stopped it.");
            return null;
        }
        catch (AuditUnavailableException e) when (e.HoldsAnother)
        {
            return null;
        }
        catch (AuditUnavailableException e)
        {
            return new ChangeError.NotRecorded(e.Message).Message;
        }
    }

    /// <summary>
    /// Ends bulks whose console stopped in the middle: what it had not begun stays so. Those of consoles that run are theirs. Called at start,
    /// when a console has gone, and then again and again.
    /// </summary>
    /// <returns>True when there are some whose last changes have not ended: to be looked at again soon.</returns>
    public async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        var again = false;
        try
        {
            var living = await consoles.LivingAsync(cancellationToken);
            foreach (var open in (await history.RecentAsync(cancellationToken)).Where(r => !r.IsOver && board.Find(r.Id) is null && !living.Contains(r.Console)))
            {
                var run = await history.WithRowsAsync(open, cancellationToken);
                again |= run.Count(BulkRowState.Running) > 0;
                if (run.Count(BulkRowState.Running) == 0)
                {
                    var ended = run with
                    {
                        Rows = [.. run.Rows.Select(static r => r.State == BulkRowState.Waiting ? r with { State = BulkRowState.NotBegun } : r)],
                        Stopped = run.Stopped.Length > 0 ? run.Stopped : "The console stopped in the middle of it.",
                        EndedAt = time.GetUtcNow(),
                    };
                    await trail.RecordAsync(_events.End(ended), cancellationToken);
                    Log.Ended(logger, ended.Id, BulkWords.Summary(ended));
                }
            }
        }
        catch (AuditUnavailableException e) when (!e.HoldsAnother)
        {
            Log.NotSettled(logger, e.Message);
        }
        catch (AuditUnavailableException)
        {
            // Another console was first.
        }

        return again;
    }

    /// <summary>Ends when all bulks of this process have ended.</summary>
    public Task IdleAsync() => _tasks.IdleAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await IdleAsync();
        _stop.Dispose();
    }

    private async Task CarryOutAsync(Actor actor, string id, BulkPlan plan)
    {
        await Task.Yield();
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var watch = WatchReceiptsAsync(id, watched.Token);
        try
        {
            var rows = plan.Ready;
            if (board.Find(id)!.ReceiptFirst)
            {
                await RowAsync(actor, id, rows[0]);
                await AwaitReceiptAsync(id, rows[0]);
                rows = [.. rows.Skip(1)];
            }

            await Parallel.ForEachAsync(
                rows,
                new ParallelOptions { MaxDegreeOfParallelism = rules.Parallelism, CancellationToken = _stop.Token },
                async (row, _) => await RowAsync(actor, id, row));
            await EndAsync(id);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The next start settles it.
        }
        catch (Exception e)
        {
            Log.Failed(logger, e, id);
            Stop(id, "The console lost track of it.");
            await EndAsync(id);
        }
        finally
        {
            await watched.CancelAsync();
            await watch;
        }
    }

    private async Task RowAsync(Actor actor, string id, BulkPlanRow planned)
    {
        if (await StoppedAsync(id) is { } stopped)
        {
            Set(id, new BulkRow(planned.Resource, BulkRowState.NotBegun, stopped));
            return;
        }

        var plan = planned.Plan!;
        var run = board.Find(id)!;
        Set(id, new BulkRow(planned.Resource, BulkRowState.Running));
        if (planned.Answer.WhyApproval is not null)
        {
            var asked = await approvals.AskAsync(actor, plan, planned.Answer.Input!, run.Reason, plan.TypeToConfirm, _stop.Token, id);
            Set(id, asked.IsOk
                ? new BulkRow(planned.Resource, BulkRowState.Asked, "Waits for a second person.", asked.Request.Id)
                : new BulkRow(planned.Resource, BulkRowState.Failed, asked.Error.Message));
            return;
        }

        var start = await runner.StartAsync(actor, plan, run.Reason, plan.TypeToConfirm, new ChangeContext { Bulk = id }, _stop.Token);
        if (start.Error is ChangeError.Stopping)
        {
            Stop(id, "The console was shut down in the middle of it.");
            Set(id, new BulkRow(planned.Resource, BulkRowState.NotBegun));
            return;
        }

        if (!start.IsOk)
        {
            Set(id, new BulkRow(planned.Resource, BulkRowState.Failed, start.Error.Message));
            return;
        }

        Set(id, new BulkRow(planned.Resource, BulkRowState.Running, "", start.Run.Id));
        var ended = await runner.EndOfAsync(start.Run.Id, _stop.Token) ?? start.Run;
        Set(id, BulkHistory.Row(new BulkRow(planned.Resource, BulkRowState.Running), ended));
        CrashPoints.At(CrashStep.BulkRowEnded);
    }

    /// <summary>Why it is stopped; null where it goes on. Another console's word is in the trail.</summary>
    private async Task<string?> StoppedAsync(string id)
    {
        var run = board.Find(id)!;
        if (run.Stopped.Length > 0)
        {
            return run.Stopped;
        }

        try
        {
            if (await history.StoppedAsync(run, _stop.Token) is { } stopped)
            {
                Stop(id, stopped);
                return stopped;
            }
        }
        catch (AuditUnavailableException)
        {
            // Without the trail nothing is begun anyway: the change itself says so.
        }

        return null;
    }

    private async Task WatchReceiptsAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Glance, time, cancellationToken);
                foreach (var row in board.Find(id)!.Rows.Where(static r => r.State == BulkRowState.Succeeded))
                {
                    if (await verdicts.FindAsync(row.Resource, row.ChangeId!, cancellationToken) is { IsBad: true } bad)
                    {
                        Stop(id, $"It stopped by itself: the receipt of {row.Resource.Id} is bad. {bad.Sentence}");
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
        catch (AuditUnavailableException)
        {
            // Receipts cannot be read; the changes themselves cannot be recorded either.
        }
    }

    private async Task AwaitReceiptAsync(string id, BulkPlanRow first)
    {
        if (board.Find(id)!.Rows.First(r => r.Resource == first.Resource) is not { State: BulkRowState.Succeeded, ChangeId: { } change })
        {
            return;
        }

        var begin = time.GetTimestamp();
        board.Update(id, r => r with { Doing = $"Waiting for the receipt of {first.Resource.Id} before the others are changed." });
        try
        {
            while (await StoppedAsync(id) is null)
            {
                if (await verdicts.FindAsync(first.Resource, change, _stop.Token) is { } verdict)
                {
                    if (verdict.IsBad)
                    {
                        Stop(id, $"It stopped by itself: the receipt of {first.Resource.Id} is bad. {verdict.Sentence}");
                    }

                    return;
                }

                if (time.GetElapsedTime(begin) >= verdicts.Within)
                {
                    // Who asks to see a receipt first does not want to go on without.
                    Stop(id, string.Create(CultureInfo.InvariantCulture, $"No receipt of {first.Resource.Id} came within {verdicts.Within.TotalMinutes:0} minutes, so that the others were not begun."));
                    return;
                }

                await Task.Delay(Glance, time, _stop.Token);
            }
        }
        finally
        {
            board.Update(id, static r => r with { Doing = "" });
        }
    }

    private async Task EndAsync(string id)
    {
        var run = board.Update(id, r => r with
        {
            Rows = [.. r.Rows.Select(row => row.State == BulkRowState.Waiting ? row with { State = BulkRowState.NotBegun, Message = r.Stopped } : row)],
            EndedAt = time.GetUtcNow(),
        });
        Log.Ended(logger, id, BulkWords.Summary(run));
        var end = _events.End(run);
        CrashPoints.At(CrashStep.BulkEnded);
        for (var delay = TimeSpan.FromSeconds(1); ; delay = delay < TimeSpan.FromSeconds(30) ? delay * 2 : delay)
        {
            try
            {
                await trail.RecordAsync(end, _stop.Token);
                return;
            }
            catch (AuditUnavailableException e) when (e.HoldsAnother)
            {
                return;
            }
            catch (AuditUnavailableException)
            {
                Log.NotRecordedYet(logger, id, delay);
                await Task.Delay(delay, time, _stop.Token);
            }
        }
    }

    private void Set(string id, BulkRow row) => board.Update(id, r => r.With(row));

    private void Stop(string id, string why)
    {
        if (board.Find(id) is not null)
        {
            board.Update(id, r => r.Stopped.Length > 0 || r.IsOver ? r : r with { Stopped = why });
        }
    }
}
