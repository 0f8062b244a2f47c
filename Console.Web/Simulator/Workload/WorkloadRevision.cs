namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The settings of one revision that decide how its instances live.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Percent">Share of the service's traffic, 0 to 100.</param>
/// <param name="CpuIdle">True: request-based billing, CPU only while a request is in flight.</param>
/// <param name="StartupCpuBoost">Faster start.</param>
/// <param name="MinInstances">Effective minimum (service and revision level combined).</param>
/// <param name="MaxInstances">Effective maximum.</param>
/// <param name="ManualInstances">Manual scaling: exactly so many; null with automatic scaling.</param>
/// <param name="Concurrency">Requests at a time on one instance.</param>
/// <param name="Cpu">vCPU.</param>
/// <param name="MemoryMiB">Memory limit in MiB.</param>
/// <param name="Timeout">Request timeout.</param>
/// <param name="Created">When the revision was made.</param>
/// <param name="ReadyAt">When it became ready; null while it is not (it gets no traffic).</param>
public sealed record WorkloadRevision(
    string Name,
    int Percent,
    bool CpuIdle,
    bool StartupCpuBoost,
    int MinInstances,
    int MaxInstances,
    int? ManualInstances,
    int Concurrency,
    double Cpu,
    int MemoryMiB,
    TimeSpan Timeout,
    DateTimeOffset Created,
    DateTimeOffset? ReadyAt)
{
    /// <summary>When it was given up because its container did not start; null while that is open.</summary>
    public DateTimeOffset? FailedAt { get; init; }
}
