using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// The identity of a circuit: that of the request that opened it. When its session is ended, at whichever console, nobody is signed in any more
/// and the page goes at once. Every few seconds it is looked at again: for sessions that end by time, and for roles that changed, when the page is
/// asked for its permission anew. Acts ask by themselves, at once. A connection of somebody else that comes back to it (who took over the browser,
/// or changed the account) finds nobody signed in: a page goes on as the one who opened it, or not at all.
/// </summary>
internal sealed class CircuitIdentity : RevalidatingServerAuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider
{
    private readonly Sessions _sessions;
    private IReadOnlyList<Grant>? _grants;
    private IStanding? _standing;
    private string? _person;

    /// <summary>One for each circuit.</summary>
    public CircuitIdentity(Sessions sessions, ILoggerFactory logger)
        : base(logger)
    {
        _sessions = sessions;
        _sessions.Ended += OnEnded;
        AuthenticationStateChanged += state => _ = RememberAsync(state);
    }

    /// <inheritdoc />
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(5);

    /// <summary>Called by the framework with the identity of each connection: the first one, and those that come back.</summary>
    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> authenticationStateTask) =>
        SetAuthenticationState(OfItsPersonAsync(authenticationStateTask));

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _sessions.Ended -= OnEnded;
        base.Dispose(disposing);
    }

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

    // Not asynchronous where the identity is known, which it is: whoever asks next must find it.
    private async Task<AuthenticationState> OfItsPersonAsync(Task<AuthenticationState> state)
    {
        var given = await state;
        var person = given.User.FindFirstValue(ClaimTypes.NameIdentifier);
        _person ??= person;
        return person == _person ? given : Nobody();
    }

    // What the page was drawn with: a role that comes before the first look counts as a change, too.
    private async Task RememberAsync(Task<AuthenticationState> state)
    {
        _standing = StandingOf((await state).User);
        _grants = _standing?.Grants;
    }

    private void OnEnded(object? sender, EventArgs e)
    {
        if (_standing is { WhyOver: not null })
        {
            SetAuthenticationState(Task.FromResult(Nobody()));
        }
    }

    private static AuthenticationState Nobody() => new(new ClaimsPrincipal(new ClaimsIdentity()));

    private static IStanding? StandingOf(ClaimsPrincipal user) => user.Identities.OfType<ConsoleIdentity>().FirstOrDefault()?.Standing;
}
