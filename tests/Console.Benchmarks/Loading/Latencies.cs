namespace OpsConsole.Benchmarks.Loading;

/// <summary>Times that were measured, by what was done. Safe for several threads.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<double>> _times = new(StringComparer.Ordinal);

    /// <summary>What was done, most often first.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _times.OrderByDescending(static t => t.Value.Count).Select(static t => t.Key)];
            }
        }
    }

    /// <summary>Keeps a time.</summary>
    public void Add(string name, TimeSpan time)
    {
        lock (_lock)
        {
            if (!_times.TryGetValue(name, out var times))
            {
                _times[name] = times = [];
            }

            times.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>Of one kind, or of all.</summary>
    public (int Count, double P50, double P95, double P99, double Max) Of(string? name = null)
    {
        lock (_lock)
        {
            double[] sorted = [.. (name is null ? _times.Values.SelectMany(static t => t) : _times.GetValueOrDefault(name, [])).Order()];
            double At(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
            return (sorted.Length, At(0.5), At(0.95), At(0.99), At(1));
        }
    }
}
