using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// The identity of a circuit: that of the request that opened it. Every few seconds it is looked at again: when the session has ended nobody is
/// signed in any more and the page goes, and when roles changed the page is asked for its permission anew. Acts ask by themselves, at once.
/// </summary>
internal sealed class CircuitIdentity(ILoggerFactory logger) : RevalidatingServerAuthenticationStateProvider(logger)
{
    private IReadOnlyList<Grant>? _grants;

    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (authenticationState.User.Identities.OfType<ConsoleIdentity>().FirstOrDefault()?.Standing is not { WhyOver: null } standing)
        {
            return Task.FromResult(false);
        }

        var grants = standing.Grants;
        if (_grants is not null && !_grants.SequenceEqual(grants))
        {
            // Another object, so that whoever compares sees a change.
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(authenticationState.User.Identities))));
        }

        _grants = grants;
        return Task.FromResult(true);
    }
}
