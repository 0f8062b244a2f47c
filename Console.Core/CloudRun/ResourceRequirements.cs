namespace OpsConsole.Core.CloudRun;

/// <summary>CPU and memory of a container (google.cloud.run.v2.ResourceRequirements).</summary>
public sealed record ResourceRequirements
{
    /// <summary><c>cpu</c>, <c>memory</c>, <c>nvidia.com/gpu</c> in Kubernetes quantities, for example <c>1000m</c>, <c>512Mi</c>.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// CPU only during requests. On read, absent means false: CPU is always allocated. The documented
    /// "true by default" holds only when a caller writes no <c>resources</c> object at all.
    /// </summary>
    public bool CpuIdle { get; init; }

    /// <summary>Extra CPU while the instance starts and for ten seconds after.</summary>
    public bool StartupCpuBoost { get; init; }
}
