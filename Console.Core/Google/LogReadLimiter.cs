using System.Collections.Concurrent;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Google;

/// <summary>
/// Google allows 60 entries:list calls a minute and project, and it cannot be raised
/// (https://cloud.google.com/logging/quotas). All users and tabs share this one limiter: a sliding window, first come first served.
/// </summary>
internal sealed class LogReadLimiter(int perMinute, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn and takes it.</summary>
    public ValueTask AcquireAsync(string project, CancellationToken cancellationToken) => Of(project).AcquireAsync(cancellationToken);

    /// <summary>Google said 429: someone else uses the quota too. Nobody here calls until the wait is over.</summary>
    public void Pause(string project, TimeSpan wait) => Of(project).Pause(wait);

    /// <summary>How the window stands.</summary>
    public LogQuota Quota(string project) => Of(project).Quota();

    private Window Of(string project) => _windows.GetOrAdd(project, _ => new Window(perMinute, time));

    private sealed class Window(int perMinute, TimeProvider time)
    {
        private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
        private readonly Lock _lock = new();
        private readonly long _start = time.GetTimestamp();
        private readonly Queue<TimeSpan> _calls = new();
        private readonly LinkedList<TaskCompletionSource> _waiting = new();
        private TimeSpan _pausedUntil;
        private ITimer? _timer;

        // Since the window was made, and not by the clock on the wall: set back an hour, that would hold everybody up for an hour.
        private TimeSpan Now => time.GetElapsedTime(_start);

        public async ValueTask AcquireAsync(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LinkedListNode<TaskCompletionSource> turn;
            lock (_lock)
            {
                if (_waiting.Count == 0 && UntilFree(Now, 0) == TimeSpan.Zero)
                {
                    _calls.Enqueue(Now);
                    return;
                }

                turn = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                Arm();
            }

            await using var registration = cancellationToken.UnsafeRegister(
                _ =>
                {
                    // Who leaves the queue gives the turn to the next.
                    lock (_lock)
                    {
                        if (turn.List is not null)
                        {
                            _waiting.Remove(turn);
                        }
                    }

                    turn.Value.TrySetCanceled(cancellationToken);
                },
                null);
            await turn.Value.Task;
        }

        public void Pause(TimeSpan wait)
        {
            lock (_lock)
            {
                var until = Now + wait;
                if (until > _pausedUntil)
                {
                    _pausedUntil = until;
                }
            }
        }

        public LogQuota Quota()
        {
            lock (_lock)
            {
                var now = Now;
                var wait = UntilFree(now, _waiting.Count);
                return new LogQuota(_calls.Count, perMinute, wait);
            }
        }

        /// <summary>How long one more caller waits with so many ahead; also forgets calls older than a minute.</summary>
        private TimeSpan UntilFree(TimeSpan now, int ahead)
        {
            while (_calls.TryPeek(out var oldest) && now - oldest >= Length)
            {
                _calls.Dequeue();
            }

            var paused = _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
            var missing = _calls.Count + ahead + 1 - perMinute;
            if (missing <= 0)
            {
                return paused;
            }

            // The missing-th oldest call has to leave the window; beyond one whole window, further minutes.
            var index = (missing - 1) % perMinute;
            var rounds = (missing - 1) / perMinute;
            var frees = index < _calls.Count ? _calls.ElementAt(index) + Length - now : Length;
            var wait = frees + (rounds * Length);
            return wait > paused ? wait : paused;
        }

        private void Arm()
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            // One millisecond more: timers may fire a little early, and the window is exact.
            var wait = UntilFree(Now, 0) + TimeSpan.FromMilliseconds(1);
            if (_timer is null)
            {
                _timer = time.CreateTimer(static state => ((Window)state!).Pump(), this, wait, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }

        private void Pump()
        {
            lock (_lock)
            {
                while (_waiting.First is { } next && UntilFree(Now, 0) == TimeSpan.Zero)
                {
                    _waiting.RemoveFirst();
                    if (next.Value.TrySetResult())
                    {
                        _calls.Enqueue(Now);
                    }
                }

                Arm();
            }
        }
    }
}
