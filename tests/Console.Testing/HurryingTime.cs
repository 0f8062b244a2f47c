namespace OpsConsole.Testing;

/// <summary>The real clock, whose stopwatch has gone on by a step whenever it is looked at: what is done every so often is due each time.</summary>
public sealed class HurryingTime(TimeSpan step) : TimeProvider
{
    private long _ticks;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Add(ref _ticks, step.Ticks);
}
