using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.StaticAssets;

namespace OpsConsole.Web.Hosting;

/// <summary>Rate limits by person, and by address for whoever is not signed in. Tokens of the HTTP API have their own.</summary>
internal static class RequestLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Registers them.</summary>
    public static void AddRequestLimits(this IServiceCollection services, ConsoleSettings settings) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = static (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => PartitionOf(context, settings.Limits));
    });

    /// <summary>Who calls, where nobody is signed in: the address; of IPv6 the network of 64 bits, for its holder has all addresses of that.</summary>
    public static string CallerOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null or { AddressFamily: not AddressFamily.InterNetworkV6 } or { IsIPv4MappedToIPv6: true })
        {
            return $"{(address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)}";
        }

        return $"{new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), .. new byte[8]])}/64";
    }

    /// <summary>So many a minute, counted over six stretches of it; one too many is refused at once.</summary>
    public static RateLimitPartition<string> Bucket(string key, int perMinute) => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
    {
        PermitLimit = perMinute,
        Window = Window,
        SegmentsPerWindow = 6,
        QueueLimit = 0,
    });

    private static RateLimitPartition<string> PartitionOf(HttpContext context, LimitSettings limits)
    {
        // The page about an error is the same request a second time, after it was counted.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null
            || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
            || context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal)
            || context.Request.Path.StartsWithSegments("/readyz", StringComparison.Ordinal)
            || (context.Request.Headers.Authorization.Count > 0 && context.User.Identity?.IsAuthenticated != true
                && (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/tlog", StringComparison.Ordinal))))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        return context.User.Identity?.IsAuthenticated == true && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } person
            ? Bucket($"person {person}", limits.RequestsPerMinute)
            : Bucket($"address {CallerOf(context)}", limits.AnonymousRequestsPerMinute);
    }
}
