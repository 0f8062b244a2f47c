using System.Text.Encodings.Web;
using OpsConsole.Web.Access;
using OpsConsole.Web.AuditTrail.Api;

namespace OpsConsole.Web.Hosting;

/// <summary>
/// While the database of the start is away, this stands in place of every page and endpoint but the health checks and static files: nobody can be
/// told apart without the keys that lie in it, and nothing can be recorded.
/// </summary>
internal sealed class WaitingPage(RequestDelegate next, DatabaseWait database)
{
    private const string Seconds = "5";

    /// <summary>Says what is missing, or lets the request through.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (database.Missing is not { } missing || context.Request.Path.Value is "/healthz" or "/readyz"
            || context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null)
        {
            return next(context);
        }

        // The network learns what is missing; names of hosts are for this machine.
        var sentence = LoopbackOnly.IsLocal(context) ? missing : "The database of this console does not answer.";
        context.Response.Headers.RetryAfter = Seconds;
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return ApiProblem.UnavailableAsync(context, sentence);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync($"{sentence}\n", context.RequestAborted);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(sentence), context.RequestAborted);
    }

    // No component: what draws components asks who is there.
    private static string Page(string sentence) => $"""
        <!DOCTYPE html>
        <html lang="en" data-theme="system">
        <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta http-equiv="refresh" content="{Seconds}" />
            <title>Waiting for the database - OpsConsole</title>
            <link rel="stylesheet" href="/tokens.css" />
            <link rel="stylesheet" href="/app.css" />
            <link rel="stylesheet" href="/controls.css" />
            <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        </head>
        <body>
            <main id="main" class="plain">
                <p class="product">OpsConsole</p>
                <h1>Waiting for the database</h1>
                <p role="status">{HtmlEncoder.Default.Encode(sentence)}</p>
                <p>The console runs and looks again every few seconds; this page loads again by itself. Until then nothing can be shown or changed, and nothing that was recorded is lost.</p>
                <p><a href="">Look now</a></p>
            </main>
        </body>
        </html>
        """;
}
