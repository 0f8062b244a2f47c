namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>Nanoseconds since the Unix epoch, as rows keep them, as times for people (to 100 ns).</summary>
public static class UnixTime
{
    /// <summary>The time of a number of nanoseconds.</summary>
    public static DateTimeOffset FromNs(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);

    /// <summary>The nanoseconds of a time.</summary>
    public static long ToNs(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100;
}
