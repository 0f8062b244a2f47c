namespace OpsConsole.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire while it moves, in order of their times.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private readonly List<(TimeSpan Wait, TaskCompletionSource Asked)> watchers = [];
    private DateTimeOffset now = start;
    private TimeSpan stepped;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now + stepped;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (gate)
        {
            return now.UtcTicks;
        }
    }

    /// <summary>Sets the clock on the wall forward, or back, as an administrator or NTP does: no time goes by, and no timer fires.</summary>
    public void Step(TimeSpan by)
    {
        lock (gate)
        {
            stepped += by;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Ends when somebody waits for exactly so long, now or later. Moving the clock before that would let a wait begin after
    /// the time that was meant to end it.
    /// </summary>
    public Task WhenTimerAsync(TimeSpan wait)
    {
        lock (gate)
        {
            if (timers.Exists(t => t.Asked == wait))
            {
                return Task.CompletedTask;
            }

            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            watchers.Add((wait, asked));
            return asked.Task;
        }
    }

    /// <summary>Moves the clock and fires what comes due on the way.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target;
        lock (gate)
        {
            target = now + by;
        }

        while (true)
        {
            ManualTimer? next;
            lock (gate)
            {
                next = timers.Where(t => t.Due <= target).MinBy(t => t.Due);
                now = next is { Due: { } due } ? (due > now ? due : now) : target;
            }

            if (next is null)
            {
                return;
            }

            next.Fire();
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; private set; }

        public TimeSpan Asked { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (owner.gate)
            {
                owner.timers.Remove(this);
                period = newPeriod;
                Asked = dueTime;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner.now + dueTime;
                if (Due is not null)
                {
                    owner.timers.Add(this);
                    foreach (var (_, asked) in owner.watchers.Where(w => w.Wait == dueTime))
                    {
                        asked.TrySetResult();
                    }

                    owner.watchers.RemoveAll(w => w.Wait == dueTime);
                }
            }

            return true;
        }

        public void Fire()
        {
            lock (owner.gate)
            {
                if (period > TimeSpan.Zero)
                {
                    Due = owner.now + period;
                }
                else
                {
                    owner.timers.Remove(this);
                    Due = null;
                }
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
