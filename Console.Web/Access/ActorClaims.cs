using System.Globalization;
using System.Security.Claims;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>An <see cref="Actor"/> as claims and back.</summary>
public static class ActorClaims
{
    /// <summary>Id of the sign-in; in the cookie.</summary>
    public const string Session = "opsconsole:session";

    /// <summary>When the session ends, in seconds since 1970; in the cookie.</summary>
    public const string SessionEnds = "opsconsole:session-ends";

    /// <summary>Which start of the console a token of the terminal was of; in the cookie of Local mode.</summary>
    public const string Start = "opsconsole:start";

    /// <summary>Address of the connection; never in the cookie, see <see cref="OriginClaims"/>.</summary>
    public const string Ip = "opsconsole:ip";

    /// <summary>User-Agent of the connection; never in the cookie.</summary>
    public const string UserAgent = "opsconsole:user-agent";

    /// <summary>A principal for the cookie.</summary>
    /// <param name="actor">Who. The roles are those that the way of signing in brings; roles that were given are looked up anew each time.</param>
    /// <param name="scheme">How they signed in.</param>
    /// <param name="ends">When the session ends.</param>
    public static ClaimsPrincipal ToPrincipal(Actor actor, string scheme, DateTimeOffset? ends = null)
    {
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, actor.Id), new(ClaimTypes.Name, actor.DisplayName)];
        if (actor.Origin.Session is { } session)
        {
            claims.Add(new Claim(Session, session));
        }

        if (ends is { } end)
        {
            claims.Add(new Claim(SessionEnds, end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        }

        claims.AddRange(actor.Roles.Select(static role => new Claim(ClaimTypes.Role, role.ToString())));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The actor; null when nobody is signed in.</summary>
    public static Actor? ToActor(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { Length: > 0 } id)
        {
            return null;
        }

        var standing = principal.Identities.OfType<ConsoleIdentity>().FirstOrDefault()?.Standing;
        var roles = standing is null ? Roles(principal) : [.. standing.Grants.Select(static g => g.Role).Distinct().Order()];
        return new Actor(id, principal.FindFirstValue(ClaimTypes.Name) ?? id, roles)
        {
            Origin = new ActorOrigin(principal.FindFirstValue(Session), principal.FindFirstValue(Ip), principal.FindFirstValue(UserAgent)),
            Standing = standing,
        };
    }

    /// <summary>Roles that stand in the sign-in itself.</summary>
    internal static IReadOnlyList<Role> Roles(ClaimsPrincipal principal) =>
        [.. principal.FindAll(ClaimTypes.Role).Select(static c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null).OfType<Role>()];
}
