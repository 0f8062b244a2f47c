namespace OpsConsole.Web.Observability;

/// <summary>
/// Notices that the process had no CPU: a clock that should tick every second ticks late. On Cloud Run that is how request-based billing looks
/// from within, and it needs no permission to see.
/// </summary>
internal sealed class CpuWatch(TimeProvider time) : BackgroundService
{
    /// <summary>Longer than a busy machine or a collection of garbage explains.</summary>
    public static readonly TimeSpan TooLong = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);
    private long _longest;
    private DateTimeOffset _at;

    /// <summary>The longest pause of the last hour.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var last = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var pause = time.GetElapsedTime(last) - Tick;
                last = time.GetTimestamp();
                var now = time.GetUtcNow();
                if (pause > Longest || now - _at > Keep)
                {
                    Interlocked.Exchange(ref _longest, Math.Max(pause.Ticks, 0));
                    _at = now;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
    }
}
