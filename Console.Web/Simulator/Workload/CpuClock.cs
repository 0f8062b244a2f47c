namespace OpsConsole.Web.Simulator.Workload;

/// <summary>How far work gets with a given supply of CPU. Times and amounts of CPU are in microseconds.</summary>
internal static class CpuClock
{
    /// <summary>The quota's period.</summary>
    public const long Period = 100 * SimTime.Millisecond;

    /// <summary>CPU in each period when throttled.</summary>
    public const long SlotWidth = 4 * SimTime.Millisecond;

    /// <summary>CPU received between two times.</summary>
    /// <param name="supply">Supply throughout.</param>
    /// <param name="phase">Where in each period the slot begins.</param>
    /// <param name="from">Start.</param>
    /// <param name="to">End.</param>
    public static long Progress(CpuSupply supply, long phase, long from, long to) => supply switch
    {
        CpuSupply.Full => Math.Max(0, to - from),
        CpuSupply.Slots => to <= from ? 0 : SlotTime(to - phase) - SlotTime(from - phase),
        _ => 0,
    };

    /// <summary>When an amount of work is done that starts at a time; <see cref="long.MaxValue"/> when never.</summary>
    public static long Finish(CpuSupply supply, long phase, long from, long need)
    {
        switch (supply)
        {
            case CpuSupply.Full:
                return from + need;
            case CpuSupply.Slots:
                var total = SlotTime(from - phase) + Math.Max(1, need);
                var periods = (total - 1) / SlotWidth;
                return phase + (periods * Period) + (total - (periods * SlotWidth));
            default:
                return long.MaxValue;
        }
    }

    /// <summary>Slot time between 0 and a time.</summary>
    private static long SlotTime(long time)
    {
        var periods = Math.DivRem(time, Period, out var within);
        return (periods * SlotWidth) + Math.Min(within, SlotWidth);
    }
}
