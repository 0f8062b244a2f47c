namespace OpsConsole.Core.CloudRun;

/// <summary>An environment variable. Its value may be a secret and is masked on every screen.</summary>
public sealed record EnvVar
{
    public string Name { get; init; } = "";

    /// <summary>Literal value; empty when it comes from a secret.</summary>
    public string Value { get; init; } = "";

    /// <summary>Name of the secret, when the value comes from Secret Manager; else empty.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Version of the secret, for example <c>latest</c>.</summary>
    public string SecretVersion { get; init; } = "";
}
