using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// The identity of a circuit: that of the request that opened it. Every few seconds it is looked at again: when the session has ended nobody is
/// signed in any more and the page goes, and when roles changed the page is asked for its permission anew. Acts ask by themselves, at once.
/// </summary>
internal sealed class CircuitIdentity : RevalidatingServerAuthenticationStateProvider
{
    private IReadOnlyList<Grant>? _grants;

    /// <summary>One for each circuit.</summary>
    public CircuitIdentity(ILoggerFactory logger)
        : base(logger) =>
        AuthenticationStateChanged += state => _ = RememberAsync(state);

    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (StandingOf(authenticationState.User) is not { WhyOver: null } standing)
        {
            return Task.FromResult(false);
        }

        if (_grants is { } shown && !shown.SequenceEqual(standing.Grants))
        {
            // Another object, so that whoever compares sees a change.
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(authenticationState.User.Identities))));
        }

        return Task.FromResult(true);
    }

    // What the page was drawn with: a role that comes before the first look counts as a change, too.
    private async Task RememberAsync(Task<AuthenticationState> state) => _grants = StandingOf((await state).User)?.Grants;

    private static IStanding? StandingOf(ClaimsPrincipal user) => user.Identities.OfType<ConsoleIdentity>().FirstOrDefault()?.Standing;
}
