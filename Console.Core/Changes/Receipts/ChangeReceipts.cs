using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// The receipts that the audit trail holds, and waiting for one that is still to come. A bulk plan that stops when a receipt turns bad
/// awaits <see cref="WaitAsync"/> of each change and looks at <see cref="Receipt.Verdict"/>.
/// </summary>
public sealed class ChangeReceipts(IAuditReader reader, ReceiptRules rules, TimeProvider time)
{
    /// <summary>Another console may make the receipt: the trail is asked this often.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<Action<Receipt>> _listeners = [];

    /// <summary>When the logs of a change are read; null where it gets no receipt: it did not succeed, it is of a worker pool (no requests), or receipts are off.</summary>
    public DateTimeOffset? DueAt(ChangeRun run) =>
        rules.Window > TimeSpan.Zero && run is { Phase: ChangePhase.Succeeded, EndedAt: { } ended } && run.Resource.Collection == "services"
            ? ended + rules.Window + ReceiptRules.Settle
            : null;

    /// <summary>All receipts of a resource, by id of the change.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, Receipt>> OfAsync(ResourceName resource, CancellationToken cancellationToken)
    {
        Dictionary<string, Receipt> found = new(StringComparer.Ordinal);
        var query = new AuditQuery { Actions = [AuditActions.ChangeReceipt], Workspaces = [resource.Project], ResourceIds = [resource.Value] };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            if (ReceiptEvents.Read(record) is { } receipt)
            {
                found[receipt.ChangeId] = receipt;
            }
        }

        return found;
    }

    /// <summary>The receipt of a change; null while there is none.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<Receipt?> FindAsync(ChangeRun run, CancellationToken cancellationToken) =>
        (await OfAsync(run.Resource, cancellationToken)).GetValueOrDefault(run.Id);

    /// <summary>Ids of the changes of a project that have a receipt, of those made since a time.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    internal async Task<IReadOnlySet<string>> IdsSinceAsync(string project, DateTimeOffset from, CancellationToken cancellationToken)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        await foreach (var record in reader.OwnActsAsync(new AuditQuery { Actions = [AuditActions.ChangeReceipt], Workspaces = [project], From = from }, cancellationToken))
        {
            if (ReceiptEvents.Read(record) is { } receipt)
            {
                ids.Add(receipt.ChangeId);
            }
        }

        return ids;
    }

    /// <summary>
    /// Waits until a change has its receipt, whichever console makes it. Ends some minutes after the change at the earliest; where the logs
    /// cannot be read, with <see cref="ReceiptVerdict.CannotTell"/>, about a quarter of an hour later at the latest.
    /// </summary>
    /// <param name="run">A change that has ended.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null at once where the change gets none: see <see cref="DueAt"/>.</returns>
    public async Task<Receipt?> WaitAsync(ChangeRun run, CancellationToken cancellationToken)
    {
        if (DueAt(run) is null)
        {
            return null;
        }

        var made = new TaskCompletionSource<Receipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Subscribe(receipt =>
        {
            if (receipt.ChangeId == run.Id)
            {
                made.TrySetResult(receipt);
            }
        });
        while (true)
        {
            try
            {
                if (await FindAsync(run, cancellationToken) is { } found)
                {
                    return found;
                }
            }
            catch (AuditUnavailableException)
            {
                // The trail comes back, or the caller gives up.
            }

            try
            {
                return await made.Task.WaitAsync(AskEvery, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Asked again.
            }
        }
    }

    /// <summary>Calls back for each receipt that this console records, on any thread. Dispose to stop.</summary>
    public IDisposable Subscribe(Action<Receipt> listener)
    {
        Action<Receipt> own = receipt => listener(receipt);
        lock (_gate)
        {
            _listeners.Add(own);
        }

        return new Subscription(this, own);
    }

    /// <summary>Tells those who wait.</summary>
    internal void Tell(Receipt receipt)
    {
        Action<Receipt>[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener(receipt);
        }
    }

    private sealed class Subscription(ChangeReceipts receipts, Action<Receipt> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (receipts._gate)
            {
                receipts._listeners.Remove(listener);
            }
        }
    }
}
