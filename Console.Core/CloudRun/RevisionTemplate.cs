namespace OpsConsole.Core.CloudRun;

/// <summary>
/// The settings that a revision fixes (google.cloud.run.v2.RevisionTemplate). A <see cref="Revision"/> carries the same.
/// </summary>
public record RevisionTemplate
{
    /// <summary>Wanted name of the next revision; filled on read when the last deployment named it.</summary>
    public string Revision { get; init; } = "";

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public RevisionScaling Scaling { get; init; } = new();

    /// <summary>Request timeout; absent means 300 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(300);

    public string ServiceAccount { get; init; } = "";

    public IReadOnlyList<Container> Containers { get; init; } = [];

    public IReadOnlyList<string> Volumes { get; init; } = [];

    public ExecutionEnvironment ExecutionEnvironment { get; init; }

    /// <summary>Requests at once per instance as sent; 0 means the default (80, or 1 below one CPU).</summary>
    public int MaxInstanceRequestConcurrency { get; init; }

    public bool SessionAffinity { get; init; }

    /// <summary>VPC connector or network, in words; empty when there is none.</summary>
    public string VpcAccess { get; init; } = "";

    /// <summary><c>nodeSelector.accelerator</c>, for example <c>nvidia-l4</c>; empty without a GPU.</summary>
    public string Accelerator { get; init; } = "";

    /// <summary>The container that receives requests: the one with ports, else the only one; null when there is none.</summary>
    public Container? IngressContainer =>
        Containers.FirstOrDefault(static c => c.Ports.Count > 0) ?? (Containers.Count > 0 ? Containers[0] : null);

    /// <summary>
    /// By the ingress container. With a <c>resources</c> object only <c>cpuIdle: true</c> is request-based, and absent is
    /// instance-based; with no <c>resources</c> object at all the documented default holds, which is request-based.
    /// </summary>
    public BillingMode BillingMode =>
        IngressContainer is { } container && container.Resources?.CpuIdle != false ? BillingMode.RequestBased : BillingMode.InstanceBased;

    /// <summary>Extra CPU at start, by the ingress container.</summary>
    public bool StartupCpuBoost => IngressContainer?.Resources?.StartupCpuBoost ?? false;
}
