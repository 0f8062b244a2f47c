using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// Adds to each request's identity where its connection came from. A circuit keeps the identity of the request that opened it, so its acts
/// know their origin without an HttpContext, which a circuit does not have.
/// </summary>
internal sealed class OriginClaims(IHttpContextAccessor accessor) : IClaimsTransformation
{
    /// <inheritdoc />
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (accessor.HttpContext is { } context && principal.Identity?.IsAuthenticated == true && !principal.HasClaim(static c => c.Type == ActorClaims.Ip))
        {
            var origin = Of(context);
            var identity = new ClaimsIdentity();
            identity.AddClaim(new Claim(ActorClaims.Ip, origin.Ip ?? ""));
            identity.AddClaim(new Claim(ActorClaims.UserAgent, origin.UserAgent ?? ""));
            principal = principal.Clone();
            principal.AddIdentity(identity);
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
