namespace OpsConsole.Web.BackgroundActivity.Uploads;

/// <summary>
/// Guards an endpoint whose body is a file, and which therefore has no form token. A page of another site can send a body
/// with our cookie, but neither a header of its own (that needs a permission by CORS which is never given) nor our Origin.
/// </summary>
internal static class SameOrigin
{
    /// <summary>The header that our script sends. Sign-in then also answers 401 and 403 instead of a redirect to a page.</summary>
    public const string Header = "X-Requested-With";

    /// <summary>Its value.</summary>
    public const string Value = "XMLHttpRequest";

    /// <summary>True when the request can only come from our own page, or from no page at all.</summary>
    public static bool Allows(HttpRequest request) =>
        request.Headers[Header] == Value
        && (request.Headers.Origin is not [{ Length: > 0 } origin, ..]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)));
}
