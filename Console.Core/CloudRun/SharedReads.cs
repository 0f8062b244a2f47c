namespace OpsConsole.Core.CloudRun;

/// <summary>
/// Keeps answers for a few seconds and lets readers who ask at the same time share one call, so that fifty viewers of a page
/// do not make fifty calls. The call is given up only when the last reader has left.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="time">The clock.</param>
/// <param name="keep">How long an answer serves.</param>
/// <param name="isWhole">False for an answer in which something failed for the moment: the one before it is then given along. Null remembers none.</param>
internal sealed class SharedReads<T>(TimeProvider time, TimeSpan keep, Func<T, bool>? isWhole = null)
    where T : class
{
    private readonly Lock _gate = new();
    private static readonly TimeSpan LongestMemory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Reading<T> Read, long At)> _whole = new(StringComparer.Ordinal);

    /// <summary>The kept answer, or that of a call under way, or of a new one.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="fresh">True refuses kept answers (a person pressed Refresh), but still shares a call under way.</param>
    /// <param name="read">Makes the call.</param>
    /// <param name="cancellationToken">This reader leaves; others stay.</param>
    public async Task<Reading<T>> GetAsync(string key, bool fresh, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Entry entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out entry!) || !Serves(entry, fresh))
            {
                Prune();
                entry = new Entry();
                entry.Task = RunAsync(key, entry, read);
                _entries[key] = entry;
            }

            entry.Readers++;
        }

        try
        {
            return await entry.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, entry);
        }
    }

    private async Task<Reading<T>> RunAsync(string key, Entry entry, Func<CancellationToken, Task<T>> read)
    {
        // Leaves the lock of the caller before anything of the read runs.
        await Task.Yield();
        var value = await read(entry.Abandoned.Token).ConfigureAwait(false);
        entry.ReadAt = time.GetTimestamp();
        var reading = new Reading<T>(value, time.GetUtcNow());
        if (isWhole is null)
        {
            return reading;
        }

        lock (_gate)
        {
            if (isWhole(value))
            {
                _whole[key] = (reading, entry.ReadAt);
                return reading;
            }

            return _whole.TryGetValue(key, out var before) && time.GetElapsedTime(before.At) < LongestMemory ? reading with { Before = before.Read } : reading;
        }
    }

    private bool Serves(Entry entry, bool fresh) =>
        !entry.Task.IsCompleted ? !entry.Abandoned.IsCancellationRequested
        : entry.Task.IsCompletedSuccessfully && !fresh && time.GetElapsedTime(entry.ReadAt) < keep;

    private void Leave(string key, Entry entry)
    {
        lock (_gate)
        {
            entry.Readers--;
            if (entry.Readers == 0 && !entry.Task.IsCompleted)
            {
                entry.Abandoned.Cancel();
                if (_entries.TryGetValue(key, out var current) && ReferenceEquals(current, entry))
                {
                    _entries.Remove(key);
                }
            }
        }
    }

    // Answers that no longer serve are dropped when something new is asked for: the cache stays as small as its use.
    private void Prune()
    {
        foreach (var (key, _) in _entries.Where(e => e.Value.Task.IsCompleted && !Serves(e.Value, fresh: false)).ToList())
        {
            _entries.Remove(key);
        }

        foreach (var (key, _) in _whole.Where(w => time.GetElapsedTime(w.Value.At) >= LongestMemory).ToList())
        {
            _whole.Remove(key);
        }
    }

    private sealed class Entry
    {
        public Task<Reading<T>> Task { get; set; } = default!;

        /// <summary>Not the clock on the wall: that may be set back, and an answer would serve for an hour.</summary>
        public long ReadAt { get; set; }

        public CancellationTokenSource Abandoned { get; } = new();

        public int Readers { get; set; }
    }
}
