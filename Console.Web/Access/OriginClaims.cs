using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// Adds to each request's identity where its connection came from, and the standing. A circuit keeps the identity of the request that opened it,
/// so its acts know their origin without an HttpContext, which a circuit does not have, and ask the standing each time.
/// </summary>
internal sealed class OriginClaims(IHttpContextAccessor accessor, Standings standings) : IClaimsTransformation
{
    /// <inheritdoc />
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (accessor.HttpContext is { } context && principal.Identity?.IsAuthenticated == true && !principal.Identities.Any(static i => i is ConsoleIdentity))
        {
            var origin = Of(context);
            var standing = standings.Of(principal);
            principal = principal.Clone();
            principal.AddIdentity(new ConsoleIdentity(standing, [new Claim(ActorClaims.Ip, origin.Ip ?? ""), new Claim(ActorClaims.UserAgent, origin.UserAgent ?? "")]));
        }

        return Task.FromResult(principal);
    }

    /// <summary>Origin of a request of somebody who is not signed in yet.</summary>
    public static ActorOrigin Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
        return new ActorOrigin(null, address?.ToString(), context.Request.Headers.UserAgent.ToString());
    }
}
