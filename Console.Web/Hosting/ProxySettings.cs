namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Proxy</c>: what stands in front.</summary>
public sealed class ProxySettings
{
    /// <summary>Networks whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed, as CIDR; empty: on Cloud Run its own front end, else none.</summary>
    public IList<string> Networks { get; set; } = [];

    /// <summary>How many proxies stand in a row: 1 for Cloud Run, 2 with a load balancer before it.</summary>
    public int Hops { get; set; } = 1;

    /// <summary>Host names by which this console may be called; empty: loopback names without a proxy, any behind Identity-Aware Proxy.</summary>
    public IList<string> Hosts { get; set; } = [];
}
