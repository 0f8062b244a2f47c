using System.Threading.RateLimiting;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>
/// Counts requests without a valid token by their address, up to the limit of whoever is not signed in: beyond it they are refused without the
/// database being asked. Good tokens of the same address go on.
/// </summary>
internal sealed class WrongTokens(ConsoleSettings settings) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RequestLimits.Bucket(RequestLimits.CallerOf(context), settings.Limits.AnonymousRequestsPerMinute));

    /// <summary>Whether so many came that another one is refused.</summary>
    public bool AreTooMany(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context, 0);
        return !lease.IsAcquired;
    }

    /// <summary>One more.</summary>
    /// <returns>How long to wait, where that is one too many.</returns>
    public TimeSpan? Count(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();
}
