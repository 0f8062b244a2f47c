namespace OpsConsole.Core.CloudRun;

/// <summary>A health probe (google.cloud.run.v2.Probe). Times are in seconds.</summary>
public sealed record Probe
{
    public int InitialDelaySeconds { get; init; }

    public int TimeoutSeconds { get; init; } = 1;

    public int PeriodSeconds { get; init; } = 10;

    public int FailureThreshold { get; init; } = 3;

    /// <summary><c>httpGet /path</c>, <c>tcpSocket :8080</c> or <c>grpc</c>, in words.</summary>
    public string Check { get; init; } = "";
}
