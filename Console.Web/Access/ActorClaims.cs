using System.Security.Claims;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>An <see cref="Actor"/> as claims and back.</summary>
public static class ActorClaims
{
    /// <summary>A principal for the cookie.</summary>
    public static ClaimsPrincipal ToPrincipal(Actor actor, string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, actor.Id), new(ClaimTypes.Name, actor.DisplayName)];
        claims.AddRange(actor.Roles.Select(static role => new Claim(ClaimTypes.Role, role.ToString())));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The actor; null when nobody is signed in.</summary>
    public static Actor? ToActor(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
            ? new Actor(id, principal.FindFirstValue(ClaimTypes.Name) ?? id, Roles(principal))
            : null;

    private static List<Role> Roles(ClaimsPrincipal principal) =>
        [.. principal.FindAll(ClaimTypes.Role).Select(static c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null).OfType<Role>()];
}
