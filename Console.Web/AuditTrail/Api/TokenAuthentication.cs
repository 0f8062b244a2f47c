using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Tokens;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Reads <c>Authorization: Bearer opsc_…</c> (RFC 6750, section 2.1) and finds the token that it belongs to.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiTokens tokens, WrongTokens wrong, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";
    private string _why = "Send the token of your source as 'Authorization: Bearer opsc_…'. An administrator of this console makes one.";
    private string? _unavailable;
    private string _refused = "";

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        ApiToken? token;
        try
        {
            token = await tokens.FindAsync(header[Bearer.Length..].Trim(), !wrong.AreTooMany(Context), Context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            _unavailable = e.Message;
            return AuthenticateResult.Fail(e.Message);
        }

        _why = token switch
        {
            null => "This token is not known here.",
            { RevokedAt: { } at } => Invariant($"This token was revoked on {at:yyyy-MM-dd HH:mm} UTC."),
            _ when !token.IsGoodAt(time.GetUtcNow()) => Invariant($"This token expired on {token.ExpiresAt:yyyy-MM-dd HH:mm} UTC."),
            _ => "",
        };
        if (token is null || _why.Length > 0)
        {
            _refused = token?.Name ?? "";
            return AuthenticateResult.Fail(_why);
        }

        Context.Features.Set(token);
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, token.Id.ToString()), new Claim(ClaimTypes.Name, token.Name),
                new Claim(ApiAccess.ScopeClaim, token.Scope.ToString()),
            ],
            Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_unavailable is not null)
        {
            return ApiProblem.UnavailableAsync(Context, _unavailable);
        }

        if (wrong.Count(Context) is { } wait)
        {
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ApiProblem.WriteAsync(Context, StatusCodes.Status429TooManyRequests, "Too many requests", "Too many requests without a valid token come from this address. Honour Retry-After.", who: _refused);
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return ApiProblem.WriteAsync(Context, StatusCodes.Status401Unauthorized, "No valid token", _why, who: _refused);
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem.WriteAsync(Context, StatusCodes.Status403Forbidden, "Token of another scope", "This token is for something else. Tokens either send events or read the log.");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
