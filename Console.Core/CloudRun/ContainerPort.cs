namespace OpsConsole.Core.CloudRun;

/// <summary>A port of the ingress container (google.cloud.run.v2.ContainerPort).</summary>
public sealed record ContainerPort
{
    /// <summary><c>http1</c> or <c>h2c</c>.</summary>
    public string Name { get; init; } = "";

    public int ContainerPortNumber { get; init; }
}
