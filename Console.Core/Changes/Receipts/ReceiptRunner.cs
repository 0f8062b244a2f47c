using Microsoft.Extensions.Logging;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// Makes the receipts that are due and records them. What is due it finds in the audit trail alone, so that a restart, or the end of
/// another console, loses none. One console makes them at a time: each costs calls of Cloud Logging, of which Google gives few.
/// </summary>
public sealed class ReceiptRunner(
    ICloudRun cloudRun, ILogs logs, IAuditTrail trail, ChangeHistory history, ChangeBoard board, ChangeReceipts receipts, ReceiptRules rules, ITurns turns, TimeProvider time, ILogger<ReceiptRunner> logger)
{
    /// <summary>Older changes get no receipt any more: a console that was off for so long says nothing of them.</summary>
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private readonly ReceiptMaker _maker = new(cloudRun, logs, rules);
    private readonly ReceiptEvents _events = new(time);
    private readonly Dictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);

    /// <summary>Works until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (rules.Window <= TimeSpan.Zero)
        {
            return;
        }

        using var wake = new SemaphoreSlim(0);
        using var subscription = board.Subscribe(run =>
        {
            if (run.OutcomeRecorded)
            {
                wake.Release();
            }
        });
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var next = await InTurnAsync(cancellationToken);
                var wait = next is { } due && due - time.GetUtcNow() < LookEvery ? due - time.GetUtcNow() : LookEvery;
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(
                    Task.Delay(wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1), time, waiting.Token),
                    wake.WaitAsync(waiting.Token));
                await waiting.CancelAsync();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // It is told to stop; what is due is found again at the next start.
            }
        }
    }

    private async Task<DateTimeOffset?> InTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var turn = await turns.TryTakeAsync("receipts", cancellationToken);
            return turn is null ? null : await PassAsync(cancellationToken);
        }
        catch (AuditUnavailableException e)
        {
            Log.NotLookedUp(logger, "all projects", e.Message);
            return null;
        }
    }

    /// <summary>Makes what is due now.</summary>
    /// <returns>When the next one is due; null where none waits.</returns>
    public async Task<DateTimeOffset?> PassAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        foreach (var project in cloudRun.Projects)
        {
            try
            {
                foreach (var (run, others) in await WaitingAsync(project, cancellationToken))
                {
                    var due = receipts.DueAt(run)!.Value;
                    due = _notBefore.TryGetValue(run.Id, out var later) && later > due ? later : due;
                    if (due <= time.GetUtcNow() && await MakeAsync(run, others, cancellationToken) is { } again)
                    {
                        due = again;
                    }

                    next = due > time.GetUtcNow() && !(next <= due) ? due : next;
                }
            }
            catch (AuditUnavailableException e)
            {
                Log.NotLookedUp(logger, project, e.Message);
            }
        }

        return next;
    }

    /// <summary>Changes of a project without a receipt, each with all changes of its service.</summary>
    private async Task<IReadOnlyList<(ChangeRun Run, IReadOnlyList<ChangeRun> Others)>> WaitingAsync(string project, CancellationToken cancellationToken)
    {
        var runs = await history.SinceAsync(project, time.GetUtcNow() - Horizon, cancellationToken);
        var done = await receipts.IdsSinceAsync(project, time.GetUtcNow() - Horizon, cancellationToken);
        return [.. runs
            .Where(run => receipts.DueAt(run) is not null && run.OutcomeRecorded && !done.Contains(run.Id))
            .OrderBy(static run => run.EndedAt)
            .Select(run => (run, (IReadOnlyList<ChangeRun>)[.. runs.Where(other => other.Resource == run.Resource)]))];
    }

    /// <summary>When to try again; null where it is done.</summary>
    private async Task<DateTimeOffset?> MakeAsync(ChangeRun run, IReadOnlyList<ChangeRun> others, CancellationToken cancellationToken)
    {
        try
        {
            var (receipt, again) = await _maker.MakeAsync(run, others, cancellationToken);
            if (again && time.GetUtcNow() < receipts.DueAt(run) + ReceiptRules.GiveUpAfter)
            {
                Log.Later(logger, run.Id, string.Join(' ', receipt.Because));
                return _notBefore[run.Id] = time.GetUtcNow() + LookEvery;
            }

            await RecordAsync(run, receipt, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is not (OperationCanceledException or AuditUnavailableException))
        {
            // One receipt that cannot be made must not hold up the others.
            Log.Failed(logger, e, run.Id);
            await RecordAsync(run, ReceiptMaker.Unknown(run, "The console failed to work it out; its own log says why.", []), cancellationToken);
            return null;
        }
    }

    private async Task RecordAsync(ChangeRun run, Receipt receipt, CancellationToken cancellationToken)
    {
        var recorded = _events.Of(run, receipt);
        try
        {
            await trail.RecordAsync(recorded, cancellationToken);
        }
        catch (AuditUnavailableException e) when (e.Message.Contains("holds another event", StringComparison.Ordinal))
        {
            // Another console made it first: that one counts.
            receipt = await receipts.FindAsync(run, cancellationToken) ?? receipt;
        }

        _notBefore.Remove(run.Id);
        Log.Made(logger, run.Id, receipt.Verdict);
        receipts.Tell(receipt with { MadeAt = recorded.Time });
    }
}
