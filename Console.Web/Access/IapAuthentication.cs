using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpsConsole.Core.Access;
using OpsConsole.Core.Access.Iap;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>
/// Reads who it is from the assertion of Identity-Aware Proxy, on every request. The plain headers X-Goog-Authenticated-User-Email and -Id are
/// not read anywhere: whoever gets round the proxy can write them.
/// </summary>
internal sealed class IapAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IapVerifier verifier, IapSessions sessions, ConsoleSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "iap";

    /// <summary>Header that holds the assertion.</summary>
    public const string Header = "X-Goog-IAP-JWT-Assertion";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header];
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        // Two headers: two readers might take different ones.
        var answer = header.Count > 1 ? new IapAnswer(null, new IapRefusal.Malformed("there are two")) : await verifier.VerifyAsync(header, Context.RequestAborted);
        if (!answer.IsOk)
        {
            RefusedWhy.Set(Context, answer.Refusal.Message);
            await sessions.RefusedAsync(Context, answer.Refusal);
            return AuthenticateResult.Fail(answer.Refusal.Message);
        }

        if (await sessions.OfAsync(answer.Identity, Context) is not { } session)
        {
            RefusedWhy.Set(Context, "The audit trail cannot be written at the moment, and nobody may act here without a record. Try again when the database answers.");
            return AuthenticateResult.Fail("The sign-in could not be recorded.");
        }

        var actor = new Actor(answer.Identity.Email, answer.Identity.Email, []) { Origin = new ActorOrigin(session, null, null) };
        var ends = answer.Identity.ExpiresAt + TimeSpan.FromMinutes(settings.Identity.SessionMinutes);
        return AuthenticateResult.Success(new AuthenticationTicket(ActorClaims.ToPrincipal(actor, Scheme.Name, ends), Scheme.Name));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (RefusedWhy.Of(Context) is null)
        {
            RefusedWhy.Set(Context, new IapRefusal.Missing().Message);
        }

        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        await Denials.RecordAsync(Context);
        if (ActorClaims.ToActor(Context.User) is { } actor)
        {
            RefusedWhy.Set(Context, $"You are signed in as {actor.Id}. {Denials.Why(actor)} Ask an administrator of this console.");
        }

        Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
