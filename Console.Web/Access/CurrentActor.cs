using Microsoft.AspNetCore.Components.Authorization;
using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>
/// Who sits at this circuit, or sent this request. Captured when the circuit starts; ask it before every act: the actor's standing is looked up
/// anew each time, so that a role that was withdrawn or a session that has ended counts at once.
/// </summary>
public sealed class CurrentActor(AuthenticationStateProvider state, IServiceProvider services)
{
    /// <summary>The actor, without waiting; null when nobody is signed in, or it is not known yet.</summary>
    public Actor? Now
    {
        get
        {
            try
            {
                return state.GetAuthenticationStateAsync() is { IsCompletedSuccessfully: true } known ? ActorClaims.ToActor(known.Result.User) : null;
            }
            catch (InvalidOperationException)
            {
                // An endpoint, not a page: the framework gives the provider no state there.
                return services.GetService<IHttpContextAccessor>()?.HttpContext is { } context ? ActorClaims.ToActor(context.User) : null;
            }
        }
    }

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
