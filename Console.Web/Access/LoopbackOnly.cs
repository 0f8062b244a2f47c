using System.Net;

namespace OpsConsole.Web.Access;

/// <summary>
/// Whether a request comes from this very machine: its connection is a loopback one, it was not forwarded, and it names
/// a loopback host (a page of another site whose name was rebound to 127.0.0.1 names its own).
/// </summary>
public static class LoopbackOnly
{
    /// <summary>True when all three hold.</summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded")
        && (string.Equals(context.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));
}
