using System.Security.Claims;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// What the console knows of the one who is signed in besides the sign-in itself: the origin as claims, and the standing that is asked for each
/// act. Lives in this process alone and never in a cookie; a circuit keeps it with the identity that it was opened with.
/// </summary>
internal sealed class ConsoleIdentity : ClaimsIdentity
{
    /// <summary>With a standing.</summary>
    public ConsoleIdentity(IStanding standing, IEnumerable<Claim> claims)
        : base(claims) => Standing = standing;

    private ConsoleIdentity(ConsoleIdentity other)
        : base(other) => Standing = other.Standing;

    /// <summary>What the person holds at this moment.</summary>
    public IStanding Standing { get; }

    /// <inheritdoc />
    public override ClaimsIdentity Clone() => new ConsoleIdentity(this);
}
