namespace OpsConsole.Core.Changes;

/// <summary>
/// What a project may use in a region at most: Cloud Run holds the maximum of instances times their size against it when a revision
/// is deployed (<c>CpuAllocPerProjectRegion</c>, <c>MemAllocPerProjectRegion</c>). https://cloud.google.com/run/quotas.
/// </summary>
/// <param name="CpuMillis">Thousandths of a CPU; 0 where it is not known.</param>
/// <param name="MemoryBytes">Bytes; 0 where it is not known.</param>
public sealed record RegionQuota(long CpuMillis, long MemoryBytes);
