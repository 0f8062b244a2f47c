using OpsConsole.Web.Access;

namespace OpsConsole.Web.Observability;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can do its work, and if not, what is missing.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps both. Neither asks who it is: probes are nobody, and neither says anything that is secret.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", static () => Results.Text("ok\n")).AllowAnonymous();
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous().WithMetadata(new Microsoft.AspNetCore.Mvc.SkipStatusCodePagesAttribute());
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, Readiness readiness)
    {
        var all = await readiness.LookAsync(context.RequestAborted);
        var ready = !all.Any(static d => d is { Needed: true, Problem: not null });
        context.Response.Headers.CacheControl = "no-store";

        // Names of hosts and Google's words are for this machine; the network learns what is missing, and administrators the rest on their page.
        var whole = LoopbackOnly.IsLocal(context);
        return Results.Text(
            string.Concat([ready ? "ready" : "not ready", "\n", .. all.Select(d => Line(d, whole))]),
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static string Line(Dependency d, bool whole) =>
        $"{(d.Problem is null ? "ok" : d.Needed ? "missing" : "degraded")}\t{d.Kind}{(whole ? $"\t{d.Name}" : "")}{(whole && d.Problem is { } problem ? $"\t{problem}" : "")}\n";
}
