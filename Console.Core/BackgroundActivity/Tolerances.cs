namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The tolerances of one instance, in nanoseconds.</summary>
/// <param name="AfterWriteTime">After an end that is the write time.</param>
/// <param name="AfterLatency">After an end that is timestamp + latency.</param>
internal readonly record struct Tolerances(long AfterWriteTime, long AfterLatency)
{
    /// <summary>What applies without any evidence.</summary>
    public static Tolerances Floors => new(Rules.WriteTimeFloor, Rules.LatencyFloor);

    /// <summary>The tolerance after an end of this kind.</summary>
    public long Of(EndKind kind) => kind == EndKind.WriteTime ? AfterWriteTime : AfterLatency;
}
