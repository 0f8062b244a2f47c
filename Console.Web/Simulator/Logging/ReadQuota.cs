namespace OpsConsole.Web.Simulator.Logging;

/// <summary>entries:list calls of one project in the current minute. Refused calls do not count.</summary>
internal sealed class ReadQuota(TimeProvider time, int perMinute)
{
    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> calls = new();
    private int limit = perMinute;

    /// <summary>Calls a minute; 0 means no limit.</summary>
    public int PerMinute
    {
        get => Volatile.Read(ref limit);
        set => Volatile.Write(ref limit, value);
    }

    /// <summary>Takes one call; false when the minute is used up.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (calls.TryPeek(out var oldest) && oldest <= now - TimeSpan.FromMinutes(1))
            {
                calls.Dequeue();
            }

            var most = PerMinute;
            if (most > 0 && calls.Count >= most)
            {
                return false;
            }

            calls.Enqueue(now);
            return true;
        }
    }
}
