using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace OpsConsole.Web.Access;

/// <summary>What becomes of a request that authorization refused: the framework's answer, which nobody may keep.</summary>
internal sealed class RefusedAnswers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    /// <inheritdoc />
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Succeeded)
        {
            context.Response.Headers.CacheControl = "no-store";
        }

        return _usual.HandleAsync(next, context, policy, authorizeResult);
    }
}
