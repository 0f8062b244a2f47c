namespace OpsConsole.Core.CloudRun;

/// <summary>A container of a revision (google.cloud.run.v2.Container).</summary>
public sealed record Container
{
    public string Name { get; init; } = "";

    /// <summary>Image with tag or digest.</summary>
    public string Image { get; init; } = "";

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<string> Args { get; init; } = [];

    public IReadOnlyList<EnvVar> Env { get; init; } = [];

    /// <summary>Null where the wire has no <c>resources</c> object.</summary>
    public ResourceRequirements? Resources { get; init; }

    /// <summary>Only the ingress container has ports; sidecars have none.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];

    public Probe? StartupProbe { get; init; }

    public Probe? LivenessProbe { get; init; }

    public Probe? ReadinessProbe { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
