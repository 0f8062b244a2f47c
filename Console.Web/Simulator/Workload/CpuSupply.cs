namespace OpsConsole.Web.Simulator.Workload;

/// <summary>How much CPU an instance has at a moment.</summary>
internal enum CpuSupply
{
    /// <summary>All of it: a request is in flight, billing is instance-based, or the instance starts or stops.</summary>
    Full,

    /// <summary>One narrow slot of each 100 ms: the CPU quota's period. Seen on real idle instances.</summary>
    Slots,

    /// <summary>None.</summary>
    Frozen,
}
