using OpsConsole.Core.AuditTrail.Tokens;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Names of the scheme and the policies of the HTTP API.</summary>
internal static class ApiAccess
{
    /// <summary>The scheme that reads <c>Authorization: Bearer</c>.</summary>
    public const string Scheme = "api-token";

    /// <summary>The scheme of what both programs and people read: the token where one is sent, else the cookie.</summary>
    public const string TokenOrCookie = "api-token-or-cookie";

    /// <summary>Claim that holds a token's scope.</summary>
    public const string ScopeClaim = "opsconsole:scope";

    /// <summary>Name of the policy that asks for a token of a scope.</summary>
    public static string PolicyOf(ApiScope scope) => $"token:{scope}";
}
