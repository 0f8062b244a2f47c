using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The tolerances of one instance, in nanoseconds.</summary>
/// <param name="AfterWriteTime">After an end that is the write time.</param>
/// <param name="AfterLatency">After an end that is timestamp + latency.</param>
/// <param name="AfterWebSocket">After the end of a WebSocket, at least.</param>
internal readonly record struct Tolerances(long AfterWriteTime, long AfterLatency, long AfterWebSocket)
{
    /// <summary>What applies without any evidence.</summary>
    public static Tolerances Floors => new(Rules.WriteTimeFloor, Rules.LatencyFloor, Rules.WebSocketFloor);

    /// <summary>One tolerance for all, as a user forced it.</summary>
    public static Tolerances Forced(long tolerance) => new(tolerance, tolerance, tolerance);

    /// <summary>The tolerance after an end of this kind.</summary>
    public long Of(EndKind kind, RequestFlags flags)
    {
        var tolerance = kind == EndKind.WriteTime ? AfterWriteTime : AfterLatency;
        return flags.HasFlag(RequestFlags.WebSocket) ? Math.Max(tolerance, AfterWebSocket) : tolerance;
    }
}
