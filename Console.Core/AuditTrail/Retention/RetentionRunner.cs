using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>
/// Carries out what was decided, one console at a time, in the order of the decisions, each once it is sealed and found by search: verification must be able to
/// explain what is gone at any moment. After a crash it begins the decision again; nothing is done twice that could not be.
/// </summary>
public sealed class RetentionRunner(IAuditReader reader, IRetentionStore store, ITurns turns, SealSignals signals, SealHealth health, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>Works until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var signed = signals.Signed;
            try
            {
                await using (var turn = await turns.TryTakeAsync("retention", stop))
                {
                    _ = turn is null ? 0 : await OnceAsync(stop);
                }

                health.Report("3.retention", null);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (AuditUnavailableException e)
            {
                health.Report("3.retention", $"What was decided to be erased or pruned is not carried out yet. {e.Message}");
            }

            await Task.WhenAny(signed, Task.Delay(Look, time, stop));
            await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Carries out what can be.</summary>
    /// <returns>How many decisions were.</returns>
    /// <exception cref="AuditUnavailableException">The store cannot be reached or refuses.</exception>
    public async Task<int> OnceAsync(CancellationToken cancellationToken)
    {
        var done = await store.CarriedOutAsync(cancellationToken);
        List<AuditRecord> decisions = [];
        var query = new AuditQuery { Actions = [AuditActions.EraseDecision, AuditActions.Prune], Outcomes = [AuditOutcome.Success], Workspaces = [AuditWorkspaces.Console] };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            // The newest first.
            if (record.Position.Sequence <= done)
            {
                break;
            }

            if (record.Position.Via == AuditVia.Console)
            {
                decisions.Add(record);
            }
        }

        var count = 0;
        foreach (var decision in decisions.AsEnumerable().Reverse())
        {
            var number = decision.Position.Sequence;
            if (await store.IndexedAsync(number, cancellationToken) is null)
            {
                break;
            }

            CrashPoints.At(CrashStep.RetentionBegun);
            await CarryOutAsync(decision.Event, number, cancellationToken);
            CrashPoints.At(CrashStep.RetentionCarriedOut);
            await store.CarriedOutAsync(number, cancellationToken);
            CrashPoints.At(CrashStep.RetentionMarked);
            count++;
        }

        return count;
    }

    private async Task CarryOutAsync(AuditEvent decision, long number, CancellationToken cancellationToken)
    {
        if (decision.Resource is not { Id: { } target } resource)
        {
            return;
        }

        var kind = RetentionReader.KindOf(resource.Type);
        if (kind == RetentionKind.Prune && long.TryParse(target, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var below))
        {
            await store.PruneAsync(number, below, cancellationToken);
            signals.TellPruned();
        }
        else if (kind is RetentionKind.EraseActor or RetentionKind.EraseEvent && RetentionReader.Strings(decision.Details, "fields") is { Count: > 0 } fields)
        {
            await store.EraseAsync(number, kind, target, fields, cancellationToken);
        }
    }
}
