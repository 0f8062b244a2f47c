using System.Net;

namespace OpsConsole.Web.Hosting;

/// <summary>By which host names the console may be called.</summary>
internal static class HostNames
{
    /// <summary>True for the names of the settings; without any, for loopback names, and behind Identity-Aware Proxy for all: there the assertion names its audience.</summary>
    public static bool IsOurs(HostString host, ConsoleSettings settings) =>
        IsLoopback(host.Host)
        || (settings.Proxy.Hosts.Count > 0
            ? settings.Proxy.Hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase)
            : settings.IdentityMode == IdentityMode.Iap);

    /// <summary>True for <c>localhost</c> and loopback addresses.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
