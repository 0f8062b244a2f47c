using OpsConsole.Core.Access;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Exports with their place in the record: the intent before anything is read, and how it ended.</summary>
/// <param name="exporter">Does the work.</param>
/// <param name="trail">Where it is recorded.</param>
/// <param name="acts">Makes the events.</param>
public sealed class RecordedExports(EvidenceExporter exporter, IAuditTrail trail, ActEvents acts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Records the intent.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="request">What.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="process">The turn of the command line; null for a console, or where there was none.</param>
    /// <param name="console">The console that does it; null for the command line.</param>
    /// <returns>Id of the event.</returns>
    /// <exception cref="AuditUnavailableException">It could not be recorded: do not export, or say that nobody will know.</exception>
    public async Task<string> BeginAsync(Actor actor, EvidenceRequest request, CancellationToken cancellationToken, string? process = null, string? console = null)
    {
        var intent = acts.Of(actor, AuditActions.AuditExport, AuditOutcome.Unknown) with
        {
            Resource = new AuditResource { Type = "audit.log" },
            Reason = "An evidence bundle is being made.",
            Details = ActEvents.Details(new { bundle = Asked(request), process, console }),
        };
        await trail.RecordAsync(intent, cancellationToken);
        CrashPoints.At(CrashStep.ExportRecorded);
        return intent.Id;
    }

    /// <summary>Makes the bundle, and records how it ended.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="request">What.</param>
    /// <param name="intent">What <see cref="BeginAsync"/> gave; null where the store could not be written: nothing is recorded then.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Called now and then.</param>
    /// <param name="cancellationToken">Cancels; that is recorded too.</param>
    /// <exception cref="AuditUnavailableException">The store cannot be read, or did not take the record.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<EvidenceResult> RunAsync(
        Actor actor, EvidenceRequest request, string? intent, string path, Action<EvidenceProgress>? progress, CancellationToken cancellationToken)
    {
        EvidenceResult? result = null;
        string? reason = null;
        try
        {
            result = await exporter.WriteAsync(request, new EvidenceTaker(actor.Id, actor.DisplayName, intent), path, progress, cancellationToken);
            return result;
        }
        catch (OperationCanceledException)
        {
            reason = "Cancelled.";
            throw;
        }
        catch (Exception e)
        {
            reason = e.Message;
            throw;
        }
        finally
        {
            if (intent is not null)
            {
                // Whoever is told to stop has a few seconds, and a database that gives no answer takes more.
                using var late = new CancellationTokenSource(cancellationToken.IsCancellationRequested ? Patience : Timeout.InfiniteTimeSpan);
                await RecordEndAsync(Outcome(actor, request, intent, result, reason), late.Token);
            }
        }
    }

    /// <summary>Records that it ended before a bundle was begun.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="request">What.</param>
    /// <param name="intent">What <see cref="BeginAsync"/> gave.</param>
    /// <param name="reason">Why, a sentence.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuditUnavailableException">It could not be recorded.</exception>
    public Task EndAsync(Actor actor, EvidenceRequest request, string intent, string reason, CancellationToken cancellationToken) =>
        RecordEndAsync(Outcome(actor, request, intent, null, reason), cancellationToken);

    private async Task RecordEndAsync(AuditEvent end, CancellationToken cancellationToken)
    {
        try
        {
            await trail.RecordAsync(end, cancellationToken);
        }
        catch (AuditUnavailableException e) when (e.HoldsAnother)
        {
            // A console took this command for killed; what it came to is recorded beside that.
            await trail.RecordAsync(end with { Id = $"{end.Id}-{Guid.NewGuid():N}" }, cancellationToken);
        }
    }

    private static object Asked(EvidenceRequest request) => new
    {
        sealedFrom = request.From,
        sealedBefore = request.To,
        fromIndex = request.FromIndex,
        toIndex = request.ToIndex,
        filter = request.Filter?.Text,
    };

    private AuditEvent Outcome(Actor actor, EvidenceRequest request, string intent, EvidenceResult? result, string? reason)
    {
        var written = result as EvidenceResult.Written;
        var details = new
        {
            intent,
            bundle = Asked(request),
            treeSize = written?.Manifest.TreeSize,
            rootHash = written?.Manifest.RootHash,
            from = written?.Manifest.Range.From,
            to = written?.Manifest.Range.To,
            counts = written?.Manifest.Counts,
            bytes = written?.Bytes,
            sha256 = written?.Sha256,
        };
        return acts.Of(actor, AuditActions.AuditExport, written is null ? AuditOutcome.Failure : AuditOutcome.Success) with
        {
            Id = intent + KilledActs.EndSuffix,
            Resource = new AuditResource { Type = "audit.log" },
            Reason = result switch
            {
                EvidenceResult.Written w => $"An evidence bundle with {w.Manifest.Counts.Leaves} leaves was made, {w.Manifest.Counts.Disclosed} events of them disclosed.",
                EvidenceResult.Nothing n => n.Reason,
                EvidenceResult.Damaged d => d.Reason,
                _ => reason,
            },
            Details = ActEvents.Details(details),
        };
    }
}
