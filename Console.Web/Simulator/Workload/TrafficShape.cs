namespace OpsConsole.Web.Simulator.Workload;

/// <summary>How requests come: people and callers in sessions, with quiet in between, more by day than by night.</summary>
/// <param name="SessionsPerHour">Mean over the day.</param>
/// <param name="RequestsPerSession">Mean.</param>
/// <param name="Gap">Mean seconds between the requests of a session.</param>
/// <param name="SpikesPerDay">Sudden crowds a day.</param>
/// <param name="SpikeSize">Requests of such a crowd, within four seconds.</param>
internal sealed record TrafficShape(double SessionsPerHour, double RequestsPerSession, double Gap, double SpikesPerDay = 0, int SpikeSize = 0)
{
    /// <summary>Local hour at which the region's day has its peak, as an offset of UTC.</summary>
    public static double UtcOffset(string location) => location switch
    {
        _ when location.StartsWith("europe-", StringComparison.Ordinal) => 1,
        _ when location.StartsWith("asia-", StringComparison.Ordinal) => 9,
        _ when location.StartsWith("us-", StringComparison.Ordinal) => -6,
        _ => 0,
    };

    /// <summary>Factor of the daily curve, mean about 1, from 0.25 at night to 1.75 in the early afternoon.</summary>
    public static double DailyFactor(long micros, double utcOffset)
    {
        var hour = ((micros / (double)SimTime.Hour) + utcOffset) % 24;
        return 1 + (0.75 * Math.Cos((hour - 14) / 24 * 2 * Math.PI));
    }
}
