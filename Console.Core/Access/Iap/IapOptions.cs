namespace OpsConsole.Core.Access.Iap;

/// <summary>
/// What an assertion of Identity-Aware Proxy must satisfy.
/// Source: https://cloud.google.com/iap/docs/signed-headers-howto.
/// </summary>
public sealed record IapOptions
{
    /// <summary>Who signs.</summary>
    public const string Issuer = "https://cloud.google.com/iap";

    /// <summary>Where the keys are, as a JSON Web Key Set.</summary>
    public const string GoogleKeys = "https://www.gstatic.com/iap/verify/public_key-jwk";

    /// <summary>
    /// Audiences of this console: <c>/projects/NUMBER/locations/REGION/services/NAME</c> (directly on Cloud Run) or
    /// <c>/projects/NUMBER/global/backendServices/ID</c> (behind a load balancer). One of them must stand in the assertion.
    /// </summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Address of the key set.</summary>
    public Uri KeysAddress { get; init; } = new(GoogleKeys);

    /// <summary>Google Workspace domains (<c>hd</c>) that may come in; empty for no such condition.</summary>
    public IReadOnlyList<string> HostedDomains { get; init; } = [];

    /// <summary>So far may the clocks be apart.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(30);
}
