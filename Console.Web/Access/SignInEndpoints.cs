using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>Where sign-in forms post to. Nobody comes in without a record of it; a wrong token and a refused place are records too.</summary>
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
        HttpContext context, ConsoleSettings settings, SignInRecord record, [FromForm] string persona, [FromForm] string? returnUrl)
    {
        if (!settings.Demo || !LoopbackOnly.IsLocal(context))
        {
            await record.RefusedAsync(context, AuditOutcome.Denied, "Personas are of the demo alone, and of this machine.");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (Persona.Find(persona) is not { } chosen)
        {
            await record.RefusedAsync(context, AuditOutcome.Failure, "There is no persona of this name.");
            return Results.Redirect("/sign-in");
        }

        return await SignInAsync(context, record, chosen.Actor, returnUrl);
    }

    // Real projects on one's own machine: the token was printed in the terminal of whoever started the console.
    private static async Task<IResult> SignInByTokenAsync(
        HttpContext context, ConsoleSettings settings, StartToken expected, SignInRecord record, [FromForm] string token, [FromForm] string? returnUrl)
    {
        if (settings.Demo || !LoopbackOnly.IsLocal(context))
        {
            await record.RefusedAsync(context, AuditOutcome.Denied, "The token of the terminal is for real projects, and for this machine.");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!expected.Matches(token.Trim()))
        {
            await record.RefusedAsync(context, AuditOutcome.Failure, "That is not the token of this start.");
            return Results.Redirect("/sign-in?wrong=1");
        }

        var actor = new Actor(Environment.UserName, Environment.UserName, [Role.Sre, Role.Compliance]);
        return await SignInAsync(context, record, actor, returnUrl);
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignInRecord record, Actor actor, string? returnUrl)
    {
        actor = actor with { Origin = OriginClaims.Of(context) with { Session = Guid.CreateVersion7().ToString("N") } };
        if (!await record.SignedInAsync(actor, context.RequestAborted))
        {
            return Results.Redirect("/sign-in?unrecorded=1");
        }

        await context.SignInAsync(Scheme, ActorClaims.ToPrincipal(actor, Scheme));
        return Results.LocalRedirect(LocalPath(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, SignInRecord record, [FromForm] string? returnUrl)
    {
        _ = returnUrl; // A form parameter makes the antiforgery token mandatory.
        if (ActorClaims.ToActor(context.User) is { } actor)
        {
            await record.SignedOutAsync(actor);
        }

        await context.SignOutAsync(Scheme);
        return Results.LocalRedirect("/sign-in");
    }

    private static string LocalPath(string? returnUrl) =>
        returnUrl is ['/', ..] && !returnUrl.StartsWith("//", StringComparison.Ordinal) && !returnUrl.StartsWith("/\\", StringComparison.Ordinal) ? returnUrl : "/";
}
