namespace OpsConsole.Core.Changes.Costs;

/// <summary>What an instance is billed for, and how many of them are kept.</summary>
/// <param name="Cpu">vCPUs of all containers.</param>
/// <param name="MemoryGiB">Memory of all containers.</param>
/// <param name="CpuAlways">Instance-based billing.</param>
/// <param name="Kept">Instances kept whatever the traffic: the minimum, or the manual count.</param>
/// <param name="Manual">True where the count is manual: there are never more.</param>
internal sealed record InstanceSize(decimal Cpu, decimal MemoryGiB, bool CpuAlways, int Kept, bool Manual)
{
    public static InstanceSize Of(ServiceDocument document)
    {
        var maximum = document.ServiceMaximum > 0 ? Math.Min(document.ServiceMaximum, document.RevisionMaximum) : document.RevisionMaximum;
        var kept = document.IsManual
            ? document.ManualCount ?? 0
            : Math.Min(maximum, Math.Max(document.ServiceMinimum, document.RevisionMinimum));
        return new InstanceSize(document.CpuMillis / 1000m, document.MemoryBytes / (decimal)(1L << 30), document.CpuAlways, kept, document.IsManual);
    }

    /// <summary>Dollars for one second of an instance that is busy.</summary>
    public decimal BusySecond(PriceTier rates) =>
        CpuAlways ? (Cpu * rates.InstanceCpu) + (MemoryGiB * rates.InstanceMemory) : (Cpu * rates.RequestCpu) + (MemoryGiB * rates.RequestMemory);

    /// <summary>Dollars for one second of a kept instance that is idle.</summary>
    public decimal IdleSecond(PriceTier rates) =>
        CpuAlways ? BusySecond(rates) : (Cpu * rates.IdleCpu) + (MemoryGiB * rates.IdleMemory);
}
