namespace OpsConsole.Core.Changes.Costs;

/// <summary>What instances cost while they run: the one place that turns observed time into money.</summary>
internal static class RunningCost
{
    /// <summary>US dollars for the time of a usage, without anything that is kept beyond it.</summary>
    /// <param name="size">What an instance is billed for.</param>
    /// <param name="rates">Prices of the region.</param>
    /// <param name="busy">Instance seconds with a request.</param>
    /// <param name="alive">Instance seconds altogether.</param>
    /// <param name="requests">Requests.</param>
    public static decimal Of(InstanceSize size, PriceTier rates, decimal busy, decimal alive, decimal requests) =>
        size.CpuAlways
            ? Math.Max(alive, busy) * size.BusySecond(rates)
            : (busy * size.BusySecond(rates)) + (requests / 1_000_000 * rates.MillionRequests);

    /// <summary>US dollars for what is kept beyond the time that instances were seen in.</summary>
    /// <param name="size">What an instance is billed for, and how many are kept.</param>
    /// <param name="rates">Prices of the region.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="busy">Instance seconds with a request.</param>
    /// <param name="alive">Instance seconds altogether.</param>
    public static decimal OfKept(InstanceSize size, PriceTier rates, decimal seconds, decimal busy, decimal alive) =>
        Math.Max(0, (size.Kept * seconds) - (size.CpuAlways ? Math.Max(alive, busy) : busy)) * size.IdleSecond(rates);
}
