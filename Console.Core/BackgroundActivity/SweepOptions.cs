namespace OpsConsole.Core.BackgroundActivity;

/// <summary>What sweeps need of the options.</summary>
/// <param name="Forced">Forced tolerance in nanoseconds, or null.</param>
/// <param name="CpuAlways">By revision: true where CPU is known to be always allocated, so that nothing can stand still.</param>
/// <param name="Probable">Whether idle lines are collected for their probable requests.</param>
/// <param name="WarningsOnly">Whether the entries of requests that went well are missing: then nobody knows who was in flight.</param>
/// <param name="CutByLimit">Whether the input begins in the middle of its instances' lives.</param>
internal sealed record SweepOptions(long? Forced, bool[] CpuAlways, bool Probable, bool WarningsOnly, bool CutByLimit)
{
    public bool HasCpu(int revision) => CpuAlways[revision];
}
