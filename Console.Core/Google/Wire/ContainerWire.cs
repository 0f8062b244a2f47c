namespace OpsConsole.Core.Google.Wire;

/// <summary>google.cloud.run.v2.Container.</summary>
internal sealed class ContainerWire
{
    public string? Name { get; set; }

    public string? Image { get; set; }

    public List<string>? Command { get; set; }

    public List<string>? Args { get; set; }

    public List<EnvWire>? Env { get; set; }

    public ResourcesWire? Resources { get; set; }

    public List<PortWire>? Ports { get; set; }

    public ProbeWire? StartupProbe { get; set; }

    public ProbeWire? LivenessProbe { get; set; }

    public ProbeWire? ReadinessProbe { get; set; }

    public List<string>? DependsOn { get; set; }
}

/// <summary>google.cloud.run.v2.EnvVar.</summary>
internal sealed class EnvWire
{
    public string? Name { get; set; }

    public string? Value { get; set; }

    public ValueSourceWire? ValueSource { get; set; }
}

internal sealed class ValueSourceWire
{
    public SecretKeyRefWire? SecretKeyRef { get; set; }
}

internal sealed class SecretKeyRefWire
{
    public string? Secret { get; set; }

    public string? Version { get; set; }
}

/// <summary>google.cloud.run.v2.ResourceRequirements; <c>cpuIdle</c> absent is false here, because the object is there.</summary>
internal sealed class ResourcesWire
{
    public Dictionary<string, string>? Limits { get; set; }

    public bool CpuIdle { get; set; }

    public bool StartupCpuBoost { get; set; }
}

internal sealed class PortWire
{
    public string? Name { get; set; }

    public int ContainerPort { get; set; }
}

/// <summary>google.cloud.run.v2.Probe.</summary>
internal sealed class ProbeWire
{
    public int InitialDelaySeconds { get; set; }

    public int? TimeoutSeconds { get; set; }

    public int? PeriodSeconds { get; set; }

    public int? FailureThreshold { get; set; }

    public HttpGetWire? HttpGet { get; set; }

    public TcpSocketWire? TcpSocket { get; set; }

    public GrpcWire? Grpc { get; set; }
}

internal sealed class HttpGetWire
{
    public string? Path { get; set; }

    public int Port { get; set; }
}

internal sealed class TcpSocketWire
{
    public int Port { get; set; }
}

internal sealed class GrpcWire
{
    public int Port { get; set; }

    public string? Service { get; set; }
}
