using OpsConsole.Core.Access.Iap;

namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Identity:Iap</c>: what assertions of Identity-Aware Proxy must satisfy.</summary>
public sealed class IapSettings
{
    /// <summary>Audiences of this console: <c>/projects/NUMBER/locations/REGION/services/NAME</c>, <c>/projects/NUMBER/global/backendServices/ID</c>.</summary>
    public IList<string> Audiences { get; set; } = [];

    /// <summary>Where Google publishes the keys.</summary>
    public string KeysAddress { get; set; } = IapOptions.GoogleKeys;

    /// <summary>Google Workspace domains whose accounts may come in; empty for no such condition.</summary>
    public IList<string> HostedDomains { get; set; } = [];
}
