using System.Collections.Concurrent;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>The bulks that this process carries out or ended lately, for all screens. Older and others' are in the audit trail.</summary>
/// <param name="time">The clock.</param>
public sealed class BulkBoard(TimeProvider time)
{
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, BulkRun> _runs = new(StringComparer.Ordinal);

    /// <summary>Raised at every step of every bulk, on any thread.</summary>
    public event EventHandler<BulkRun>? Changed;

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<BulkRun> All => [.. _runs.Values.OrderByDescending(static r => r.StartedAt)];

    /// <summary>One of them; null where it is not here (any more).</summary>
    public BulkRun? Find(string id) => _runs.GetValueOrDefault(id);

    /// <summary>Changes a bulk and tells the listeners.</summary>
    internal BulkRun Update(string id, Func<BulkRun, BulkRun> change)
    {
        var changed = _runs.AddOrUpdate(id, static _ => throw new InvalidOperationException("There is no such bulk."), (_, run) => change(run));
        Changed?.Invoke(this, changed);
        return changed;
    }

    /// <summary>Puts a bulk up.</summary>
    internal void Add(BulkRun run)
    {
        _runs[run.Id] = run;
        foreach (var old in _runs.Values.Where(r => time.GetUtcNow() - r.EndedAt > Keep))
        {
            _runs.TryRemove(old.Id, out _);
        }

        Changed?.Invoke(this, run);
    }
}
