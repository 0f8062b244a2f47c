namespace OpsConsole.Web.Hosting;

/// <summary>
/// Headers on every answer, the names by which the console may be called, and the origin check. Scripts come from this origin alone. Radzen sets
/// style attributes (not style elements), hence <c>style-src-attr</c>.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, ConsoleSettings settings)
{
    private const string Policy =
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; script-src 'self'; "
        + "style-src-elem 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

    /// <summary>Adds the headers; refuses names that are not the console's, and what another site's page sends.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // As the answer goes out, and not before: whoever answers an exception clears what was set until then.
        context.Response.OnStarting(static state => AddAsync((HttpContext)state), context);

        // A page of another site whose name was rebound to this machine's address names its own host (DNS rebinding).
        if (!HostNames.IsOurs(context.Request.Host, settings))
        {
            return RefuseAsync(context, "This console is not called by that name.");
        }

        return IsForeign(context.Request) ? RefuseAsync(context, "The page of another site sent this.") : next(context);
    }

    private static Task AddAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        if (headers.CacheControl.Count == 0)
        {
            // Whatever says nothing of it is of one person and of this moment.
            headers.CacheControl = "no-store";
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return Task.CompletedTask;
    }

    // Circuits, and whatever changes something. Browsers say where a request comes from; programs need not.
    private static bool IsForeign(HttpRequest request) =>
        (request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        && request.Headers.Origin.Count > 0
        && !(request.Headers.Origin is [{ } origin] && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static Task RefuseAsync(HttpContext context, string sentence)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{sentence}\n", context.RequestAborted);
    }
}
