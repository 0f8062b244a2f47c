using System.Security.Claims;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>An <see cref="Actor"/> as claims and back.</summary>
public static class ActorClaims
{
    /// <summary>Id of the sign-in; in the cookie.</summary>
    public const string Session = "opsconsole:session";

    /// <summary>Address of the connection; never in the cookie, see <see cref="OriginClaims"/>.</summary>
    public const string Ip = "opsconsole:ip";

    /// <summary>User-Agent of the connection; never in the cookie.</summary>
    public const string UserAgent = "opsconsole:user-agent";

    /// <summary>A principal for the cookie.</summary>
    public static ClaimsPrincipal ToPrincipal(Actor actor, string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, actor.Id), new(ClaimTypes.Name, actor.DisplayName)];
        if (actor.Origin.Session is { } session)
        {
            claims.Add(new Claim(Session, session));
        }

        claims.AddRange(actor.Roles.Select(static role => new Claim(ClaimTypes.Role, role.ToString())));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The actor; null when nobody is signed in.</summary>
    public static Actor? ToActor(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
            ? new Actor(id, principal.FindFirstValue(ClaimTypes.Name) ?? id, Roles(principal))
            {
                Origin = new ActorOrigin(principal.FindFirstValue(Session), principal.FindFirstValue(Ip), principal.FindFirstValue(UserAgent)),
            }
            : null;

    private static List<Role> Roles(ClaimsPrincipal principal) =>
        [.. principal.FindAll(ClaimTypes.Role).Select(static c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null).OfType<Role>()];
}
