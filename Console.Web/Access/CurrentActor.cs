using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>Who sits at this circuit. Captured when the circuit starts; ask it before every act.</summary>
public sealed class CurrentActor(AuthenticationStateProvider state)
{
    /// <summary>The actor.</summary>
    /// <exception cref="UnauthorizedAccessException">Nobody is signed in.</exception>
    public async Task<Actor> GetAsync() =>
        await FindAsync() ?? throw new UnauthorizedAccessException("Nobody is signed in.");

    /// <summary>The actor; null when nobody is signed in.</summary>
    public async Task<Actor?> FindAsync() => ActorClaims.ToActor((await state.GetAuthenticationStateAsync()).User);

    /// <summary>True when somebody is signed in and has the permission.</summary>
    public async Task<bool> MayAsync(Permission permission) =>
        (await FindAsync())?.May(permission) ?? false;
}
