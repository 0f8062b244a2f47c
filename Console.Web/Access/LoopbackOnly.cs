using System.Net;

namespace OpsConsole.Web.Access;

/// <summary>
/// Whether a request comes from this very machine: its connection is a loopback one, it was not forwarded, and it names
/// a loopback host (a page of another site whose name was rebound to 127.0.0.1 names its own).
/// </summary>
public static class LoopbackOnly
{
    // What proxies add, on this machine too: whoever it is that they speak for, it is not whoever sits here.
    private static readonly string[] Forwarded = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via"];

    /// <summary>True when all three hold.</summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote)
        && !Forwarded.Any(context.Request.Headers.ContainsKey)
        && (string.Equals(context.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host)));
}
