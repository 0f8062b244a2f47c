namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>
/// What several people ask at the same time is read once. An answer that is kept serves whoever asks the same within some seconds; a reading that
/// nobody waits for any more is cancelled; a failure is told to all who waited, and kept for nobody.
/// </summary>
/// <param name="good">So long an answer is kept.</param>
/// <param name="keeps">Which answers are kept at all.</param>
/// <param name="time">Clock.</param>
internal sealed class SharedReads<T>(TimeSpan good, Func<T, bool> keeps, TimeProvider time)
{
    private readonly Dictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The answer, read now or a moment ago.</summary>
    /// <param name="key">The question: whatever makes another answer must be in it, who may see what above all.</param>
    /// <param name="read">Reads; for all who wait meanwhile.</param>
    /// <param name="cancellationToken">This one does not wait any more.</param>
    public async Task<T> GetAsync(string key, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reading reading;
        lock (_lock)
        {
            Forget();
            if (!_readings.TryGetValue(key, out reading!))
            {
                _readings[key] = reading = new Reading();

                // It goes on when whoever began it has left: nothing of that request belongs to it.
                using (ExecutionContext.SuppressFlow())
                {
                    var begun = reading;
                    begun.Task = Task.Run(() => RunAsync(key, begun, read), CancellationToken.None);
                }
            }

            reading.Waiting++;
        }

        try
        {
            return await reading.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, reading);
        }
    }

    private async Task<T> RunAsync(string key, Reading reading, Func<CancellationToken, Task<T>> read)
    {
        var kept = false;
        try
        {
            var answer = await read(reading.Over.Token);
            kept = keeps(answer);
            return answer;
        }
        finally
        {
            lock (_lock)
            {
                reading.ReadAt = time.GetTimestamp();
                if (!kept)
                {
                    Remove(key, reading);
                }
            }
        }
    }

    private void Leave(string key, Reading reading)
    {
        lock (_lock)
        {
            if (--reading.Waiting > 0 || reading.ReadAt is not null)
            {
                return;
            }

            Remove(key, reading);
        }

        reading.Over.Cancel();
    }

    private void Forget()
    {
        foreach (var (key, _) in _readings.Where(r => r.Value.ReadAt is { } at && time.GetElapsedTime(at) >= good).ToList())
        {
            _readings.Remove(key);
        }
    }

    // Another one may stand there by now.
    private void Remove(string key, Reading reading)
    {
        if (_readings.TryGetValue(key, out var there) && there == reading)
        {
            _readings.Remove(key);
        }
    }

    private sealed class Reading
    {
        public Task<T> Task { get; set; } = null!;

        public CancellationTokenSource Over { get; } = new();

        public int Waiting { get; set; }

        public long? ReadAt { get; set; }
    }
}
