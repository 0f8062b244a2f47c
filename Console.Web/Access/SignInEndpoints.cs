using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Core.Access;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>Where sign-in forms post to.</summary>
internal static class SignInEndpoints
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in/persona", SignInAsPersonaAsync).AllowAnonymous();
        app.MapPost("/sign-in/token", SignInByTokenAsync).AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync);
    }

    // Demo only: a persona is nobody's identity, so it is offered to this machine alone and never beside a real project.
    private static async Task<IResult> SignInAsPersonaAsync(
        HttpContext context, ConsoleSettings settings, [FromForm] string persona, [FromForm] string? returnUrl)
    {
        if (!settings.Demo || !LoopbackOnly.IsLocal(context))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (Persona.Find(persona) is not { } chosen)
        {
            return Results.Redirect("/sign-in");
        }

        await context.SignInAsync(Scheme, ActorClaims.ToPrincipal(chosen.Actor, Scheme));
        return Results.LocalRedirect(LocalPath(returnUrl));
    }

    // Real projects on one's own machine: the token was printed in the terminal of whoever started the console.
    private static async Task<IResult> SignInByTokenAsync(
        HttpContext context, ConsoleSettings settings, StartToken expected, [FromForm] string token, [FromForm] string? returnUrl)
    {
        if (settings.Demo || !LoopbackOnly.IsLocal(context))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!expected.Matches(token.Trim()))
        {
            return Results.Redirect("/sign-in?wrong=1");
        }

        var actor = new Actor(Environment.UserName, Environment.UserName, [Role.Sre, Role.Compliance]);
        await context.SignInAsync(Scheme, ActorClaims.ToPrincipal(actor, Scheme));
        return Results.LocalRedirect(LocalPath(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, [FromForm] string? returnUrl)
    {
        _ = returnUrl; // A form parameter makes the antiforgery token mandatory.
        await context.SignOutAsync(Scheme);
        return Results.LocalRedirect("/sign-in");
    }

    private static string LocalPath(string? returnUrl) =>
        returnUrl is ['/', ..] && !returnUrl.StartsWith("//", StringComparison.Ordinal) && !returnUrl.StartsWith("/\\", StringComparison.Ordinal) ? returnUrl : "/";
}
