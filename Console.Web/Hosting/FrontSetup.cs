using Microsoft.AspNetCore.HttpOverrides;

namespace OpsConsole.Web.Hosting;

/// <summary>What stands in front: whose forwarded headers are believed, and the limits of what comes in.</summary>
internal static class FrontSetup
{
    // Cloud Run's front end reaches the container from link-local addresses.
    private static readonly string[] OfCloudRun = ["169.254.0.0/16"];

    /// <summary>True on Cloud Run: https://cloud.google.com/run/docs/container-contract#env-vars.</summary>
    public static bool OnCloudRun => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("K_SERVICE"));

    /// <summary>Limits of requests: what needs more (uploads) says so itself.</summary>
    public static void Limit(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 2 * 1024 * 1024;

        // Of a body that nobody has read yet, for each connection.
        kestrel.Limits.MaxRequestBufferSize = 128 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    /// <summary>Takes away ASP.NET Core's own switch (ASPNETCORE_FORWARDEDHEADERS_ENABLED), which would believe everybody.</summary>
    public static void AddTrustedProxies(this IServiceCollection services) =>
        services.PostConfigure<ForwardedHeadersOptions>(static options => options.ForwardedHeaders = ForwardedHeaders.None);

    /// <summary>Believes forwarded headers of the proxies of the settings, and of nobody else.</summary>
    public static void UseTrustedProxies(this WebApplication app, ConsoleSettings settings)
    {
        var networks = settings.Proxy.Networks.Count > 0 ? settings.Proxy.Networks : OnCloudRun ? OfCloudRun : [];
        if (settings.IdentityMode != IdentityMode.Iap || networks.Count == 0)
        {
            return;
        }

        // Not X-Forwarded-Host: by which name the console may be called is not the proxy's to say.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = settings.Proxy.Hops,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        app.UseForwardedHeaders(options);
    }
}
