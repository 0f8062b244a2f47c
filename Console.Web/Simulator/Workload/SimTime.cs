namespace OpsConsole.Web.Simulator.Workload;

/// <summary>Simulated time: microseconds since the Unix epoch, the precision of Cloud Run's own entries.</summary>
internal static class SimTime
{
    public const long Millisecond = 1_000;
    public const long Second = 1_000_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;

    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / 10;

    public static DateTimeOffset ToDateTimeOffset(long micros) => new(DateTime.UnixEpoch.Ticks + (micros * 10), TimeSpan.Zero);

    public static long Of(TimeSpan span) => span.Ticks / 10;

    public static long Of(double seconds) => (long)(seconds * Second);
}
