namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Tells subscribers of changes, at most once a second however many changes there are; the last change is always told.</summary>
internal sealed class ChangeSignal(TimeProvider time, Action<Exception> failed, Action<int> countChanged)
{
    /// <summary>Shortest time between two calls of a subscriber.</summary>
    public static readonly TimeSpan Throttle = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Func<Task>> _subscribers = [];
    private ITimer? _pending;
    private long? _lastFired;

    /// <summary>How many look.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _subscribers.Count;
            }
        }
    }

    /// <summary>Adds a subscriber.</summary>
    public IDisposable Subscribe(Func<Task> changed)
    {
        // Two subscriptions of one delegate are two: each gets a delegate of its own to remove.
        Func<Task> own = () => changed();
        int count;
        lock (_lock)
        {
            _subscribers.Add(own);
            count = _subscribers.Count;
        }

        countChanged(count);
        return new Subscription(() =>
        {
            int left;
            lock (_lock)
            {
                if (!_subscribers.Remove(own))
                {
                    return;
                }

                left = _subscribers.Count;
            }

            countChanged(left);
        });
    }

    /// <summary>Something changed.</summary>
    public void Raise()
    {
        lock (_lock)
        {
            if (_pending is not null || _subscribers.Count == 0)
            {
                return;
            }

            var wait = _lastFired is { } last ? Throttle - time.GetElapsedTime(last) : TimeSpan.Zero;
            if (wait > TimeSpan.Zero)
            {
                _pending = time.CreateTimer(_ => Fire(), null, wait, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Fire();
    }

    private void Fire()
    {
        Func<Task>[] subscribers;
        lock (_lock)
        {
            _pending?.Dispose();
            _pending = null;
            _lastFired = time.GetTimestamp();
            subscribers = [.. _subscribers];
        }

        foreach (var subscriber in subscribers)
        {
            _ = TellAsync(subscriber);
        }
    }

    private async Task TellAsync(Func<Task> subscriber)
    {
        try
        {
            await Task.Run(subscriber);
        }
        catch (Exception e)
        {
            failed(e);
        }
    }

    private sealed class Subscription(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
