using System.Globalization;
using OpsConsole.Core.AuditTrail.Receiving;
using OpsConsole.Core.AuditTrail.Tokens;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>
/// Lets in what the console can take, and refuses the rest with 429 and <c>Retry-After</c> before the body is read: a source that sends more requests
/// than it may, all of them when too much is under way, all of them when too many events wait to be sealed.
/// </summary>
internal sealed class Backpressure(ApiRateLimit rate, BacklogBound backlog, ReceivingGate gate)
{
    private const int BytesOfOne = 16 * 1024;
    private const int LargestWeight = 64;

    // Sealing a backlog takes a while; a gap in the line comes at once.
    private const int SecondsUntilSealed = 10;
    private const int SpreadSeconds = 3;
    private uint _refused;

    /// <summary>Waits for a place; null when the request was answered with a refusal.</summary>
    /// <exception cref="Core.AuditTrail.AuditUnavailableException">The database cannot be reached.</exception>
    public async Task<IDisposable?> EnterAsync(HttpContext context, ApiToken token)
    {
        if (rate.Take(token.Id) is { Ticks: > 0 } wait)
        {
            return await RefuseAsync(
                context, (int)Math.Ceiling(wait.TotalSeconds), "Too many requests", "This token sends more requests than it may. Put several events into one request, and honour Retry-After.");
        }

        if (await backlog.IsReachedAsync(context.RequestAborted))
        {
            return await RefuseAsync(
                context, SecondsUntilSealed + Spread(), "Too many unsealed events", "More events wait to be sealed than may wait here (Audit:ApiUnsealedEvents). Nothing of this request was recorded: send it again after Retry-After.");
        }

        return await gate.EnterAsync(token.Id, WeightOf(context.Request), context.RequestAborted)
            ?? await RefuseAsync(
                context, Spread(), "Too much at once", "The console has more requests of this kind than it can take at the moment. Nothing of this one was recorded: send it again after Retry-After, several events in one request.");
    }

    // A body is at most 1 MiB, and one that does not say how long it is may be as long; one that is too long is refused unread.
    private static int WeightOf(HttpRequest request) =>
        request.ContentLength is not { } length ? LargestWeight : (int)Math.Min(1 + (length / BytesOfOne), LargestWeight);

    // Those who are refused together do not come back together.
    private int Spread() => 1 + (int)(Interlocked.Increment(ref _refused) % SpreadSeconds);

    private static async Task<IDisposable?> RefuseAsync(HttpContext context, int seconds, string title, string detail)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await ApiProblem.WriteAsync(context, StatusCodes.Status429TooManyRequests, title, detail);
        return null;
    }
}
