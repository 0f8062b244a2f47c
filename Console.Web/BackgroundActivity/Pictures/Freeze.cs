namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>A stretch in which work stood still without CPU. Times are nanoseconds since the Unix epoch.</summary>
/// <param name="FromNs">Last sign of life.</param>
/// <param name="ToNs">Start of the request that woke the instance.</param>
/// <param name="WakingRequest">That request's number.</param>
public readonly record struct Freeze(long FromNs, long ToNs, int WakingRequest)
{
    /// <summary>Its length.</summary>
    public double Seconds => (ToNs - FromNs) / 1e9;
}
