using System.Security.Claims;
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

    // Other pages of the person may have been opened with a later assertion than this one.
    private static readonly TimeSpan LongestAssertion = TimeSpan.FromHours(2);

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-in/persona", SignInAsPersonaAsync).AllowAnonymous();
        app.MapPost("/sign-in/token", SignInByFormAsync).AllowAnonymous();
        app.MapGet("/sign-in/token", SignInByAddressAsync).AllowAnonymous();
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization();
    }

    // Demo only: a persona is nobody's identity, so it is offered to this machine alone and never beside a real project.
    private static async Task<IResult> SignInAsPersonaAsync(
        HttpContext context, ConsoleSettings settings, SignInRecord record, [FromForm] string persona, [FromForm] string? returnUrl)
    {
        if (settings.IdentityMode != IdentityMode.Demo || !LoopbackOnly.IsLocal(context))
        {
            await record.RefusedAsync(context, AuditOutcome.Denied, "Personas are of the demo alone, and of this machine.");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (Persona.Find(persona) is not { } chosen)
        {
            await record.RefusedAsync(context, AuditOutcome.Failure, "There is no persona of this name.");
            return Results.Redirect("/sign-in");
        }

        return await SignInAsync(context, settings, record, chosen.Actor, returnUrl);
    }

    private static Task<IResult> SignInByFormAsync(
        HttpContext context, ConsoleSettings settings, StartToken expected, LocalPerson person, SignInRecord record, [FromForm] string token, [FromForm] string? returnUrl) =>
        SignInByTokenAsync(context, settings, expected, person, record, token, returnUrl);

    // The printed address leads here. Whoever does not know the token cannot have anybody signed in by it, so that it needs no form.
    private static Task<IResult> SignInByAddressAsync(
        HttpContext context, ConsoleSettings settings, StartToken expected, LocalPerson person, SignInRecord record, [FromQuery] string? token, [FromQuery] string? returnUrl) =>
        SignInByTokenAsync(context, settings, expected, person, record, token ?? "", returnUrl);

    // Real projects on one's own machine: the token was printed in the terminal of whoever started the console.
    private static async Task<IResult> SignInByTokenAsync(
        HttpContext context, ConsoleSettings settings, StartToken expected, LocalPerson person, SignInRecord record, string token, string? returnUrl)
    {
        if (settings.IdentityMode != IdentityMode.Local || !LoopbackOnly.IsLocal(context))
        {
            await record.RefusedAsync(context, AuditOutcome.Denied, "The token of the terminal is for real projects, and for this machine.");
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        if (!expected.Matches(token.Trim()))
        {
            await record.RefusedAsync(context, AuditOutcome.Failure, "That is not the token of this start.");
            return Results.Redirect("/sign-in?wrong=1");
        }

        return await SignInAsync(context, settings, record, await person.GetAsync(context.RequestAborted), returnUrl, new Claim(ActorClaims.Start, expected.Mark));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, ConsoleSettings settings, SignInRecord record, Actor actor, string? returnUrl, params Claim[] more)
    {
        actor = actor with { Origin = OriginClaims.Of(context) with { Session = Sessions.NewId(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()) } };
        if (!await record.SignedInAsync(actor, context.RequestAborted))
        {
            return Results.Redirect("/sign-in?unrecorded=1");
        }

        var ends = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(settings.Identity.SessionMinutes);
        var principal = ActorClaims.ToPrincipal(actor, Scheme, ends);
        ((ClaimsIdentity)principal.Identity!).AddClaims(more);
        await context.SignInAsync(Scheme, principal);
        return Results.LocalRedirect(LocalPath(returnUrl));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, ConsoleSettings settings, Sessions sessions, SignInRecord record, [FromForm] string? returnUrl)
    {
        _ = returnUrl; // A form parameter makes the antiforgery token mandatory.
        if (ActorClaims.ToActor(context.User) is { } actor)
        {
            await record.SignedOutAsync(actor);
            if (actor is { Origin.Session: { } session, Standing: LiveStanding standing })
            {
                // Other tabs and copies of the cookie end with it. Behind the proxy each console has a session of its own for a person: all of them end.
                await sessions.EndAsync(settings.IdentityMode == IdentityMode.Iap ? actor.Id : session, standing.EndsAt + LongestAssertion);
            }
        }

        if (settings.IdentityMode == IdentityMode.Iap)
        {
            // The proxy's own way of signing out: https://cloud.google.com/iap/docs/query-parameters-and-headers-howto
            return Results.LocalRedirect("/?gcp-iap-mode=CLEAR_LOGIN_COOKIE");
        }

        await context.SignOutAsync(Scheme);
        return Results.LocalRedirect("/sign-in");
    }

    // A path of this console as it stands in a header: browsers take tabs and line breaks out of addresses, and "/\t/evil" is "//evil" then.
    private static string LocalPath(string? returnUrl) =>
        returnUrl is ['/', ..] && !returnUrl.StartsWith("//", StringComparison.Ordinal) && !returnUrl.StartsWith("/\\", StringComparison.Ordinal)
        && returnUrl.All(static c => c is > ' ' and < '\x7f')
            ? returnUrl
            : "/";
}
