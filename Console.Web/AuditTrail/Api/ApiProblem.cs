using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Core.AuditTrail.Tokens;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Errors of the HTTP API: <c>application/problem+json</c> (RFC 9457).</summary>
internal static class ApiProblem
{
    /// <summary>How answers of the API are written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes one.</summary>
    /// <param name="context">Request and response.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="title">What kind of problem; the same for every occurrence.</param>
    /// <param name="detail">A sentence about this occurrence: what is wrong, and the way out.</param>
    /// <param name="results">Results of the events, where there are any.</param>
    /// <param name="who">Name of the source, where its token is not that of the request; see <see cref="ApiRefusals"/>.</param>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail, IReadOnlyList<EventResult>? results = null, string? who = null)
    {
        context.RequestServices.GetService<ApiRefusals>()?.Tell(status, title, who ?? context.Features.Get<ApiToken>()?.Name ?? "", detail);
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new Body(title, status, detail, results), Json, "application/problem+json", context.RequestAborted);
    }

    /// <summary>The store cannot be reached: nothing was recorded.</summary>
    public static Task UnavailableAsync(HttpContext context, string sentence)
    {
        context.Response.Headers.RetryAfter = "5";
        return WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "Audit trail unavailable",
            $"{sentence} Send the same events again with the same ids: what was recorded is answered as a duplicate.");
    }

    private sealed record Body(string Title, int Status, string Detail, IReadOnlyList<EventResult>? Results);
}
