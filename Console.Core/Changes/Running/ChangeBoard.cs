using System.Collections.Concurrent;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>The changes that are on their way or ended lately, for all screens of this process. Older ones are in the audit trail.</summary>
/// <param name="time">The clock.</param>
public sealed class ChangeBoard(TimeProvider time)
{
    /// <summary>How long an ended change stays.</summary>
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, ChangeRun> _runs = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly List<Action<ChangeRun>> _listeners = [];

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<ChangeRun> All => [.. _runs.Values.OrderByDescending(static r => r.StartedAt)];

    /// <summary>Those of a resource, newest first.</summary>
    public IReadOnlyList<ChangeRun> Of(ResourceName resource) => [.. All.Where(r => r.Resource == resource)];

    /// <summary>Who wrote over a state of a resource with a change of these; null where none did: then only the account that wrote it is known.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="etag">The state that was written over.</param>
    public ChangeRun? WrittenOver(ResourceName resource, string etag) =>
        Of(resource).FirstOrDefault(r => r.Phase == ChangePhase.Succeeded && r.Etag == etag);

    /// <summary>One of them; null where it is not here (any more).</summary>
    public ChangeRun? Find(string id) => _runs.GetValueOrDefault(id);

    /// <summary>Calls back at every step of every change, on any thread. Dispose to stop.</summary>
    public IDisposable Subscribe(Action<ChangeRun> listener)
    {
        // Two subscriptions of one delegate are two: each gets a delegate of its own to remove.
        Action<ChangeRun> own = run => listener(run);
        lock (_gate)
        {
            _listeners.Add(own);
        }

        return new Subscription(this, own);
    }

    /// <summary>Puts a step up.</summary>
    internal void Set(ChangeRun run)
    {
        _runs[run.Id] = run;
        foreach (var old in _runs.Values.Where(r => time.GetUtcNow() - r.EndedAt > Keep))
        {
            _runs.TryRemove(old.Id, out _);
        }

        Action<ChangeRun>[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener(run);
        }
    }

    private sealed class Subscription(ChangeBoard board, Action<ChangeRun> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (board._gate)
            {
                board._listeners.Remove(listener);
            }
        }
    }
}
