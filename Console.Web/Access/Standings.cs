using System.Globalization;
using System.Security.Claims;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>Makes the standing of whoever a verified principal names.</summary>
internal sealed class Standings(RoleBook book, Sessions sessions, TimeProvider time)
{
    /// <summary>Without a session and its end there is no standing: roles from nowhere would hold for ever.</summary>
    public IStanding Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id
        && principal.FindFirstValue(ActorClaims.Session) is { Length: > 0 } session
        && long.TryParse(principal.FindFirstValue(ActorClaims.SessionEnds), NumberStyles.None, CultureInfo.InvariantCulture, out var ends)
            ? new LiveStanding(Person.Of(id), ActorClaims.Roles(principal), session, DateTimeOffset.FromUnixTimeSeconds(ends), book, sessions, time)
            : NoStanding.Instance;

    private sealed class NoStanding : IStanding
    {
        public static readonly NoStanding Instance = new();

        public IReadOnlyList<Grant> Grants => [];

        public string WhyOver => "Your session has ended.";
    }
}
