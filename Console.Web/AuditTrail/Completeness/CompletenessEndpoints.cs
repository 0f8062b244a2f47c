using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary><c>GET /audit/completeness/export</c>: a check, made and recorded anew, as a file.</summary>
internal static class CompletenessEndpoints
{
    public static void MapCompleteness(this IEndpointRouteBuilder app) =>
        app.MapGet(Urls.AuditCompletenessExport, DownloadAsync).WithMetadata(new RequiresAttribute(Permission.ExportAudit));

    private static async Task DownloadAsync(
        HttpContext context, ClaimsPrincipal user, AnalysisCatalog catalog, CompletenessChecks checks, CompletenessRuleBook book, TimeProvider time, [AsParameters] CheckParameters parameters)
    {
        if (parameters.Format is not ("csv" or "ndjson") || parameters.Service is not { } service)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Name a project, a location and a service; format is csv or ndjson.");
            return;
        }

        if (Find(catalog, user, parameters) is not { } source)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "These logs do not exist (any more).");
            return;
        }

        // Looking keeps the logs open until the last byte is out, even when somebody deletes them meanwhile.
        using var looking = source.Subscribe(static () => Task.CompletedTask);
        if (source.Current is not { } analysis)
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, "These logs are still being read. Try again when their page shows numbers.");
            return;
        }

        var (from, to) = CompletenessWindow.Of(source, CompletenessPageState.ParseTime(parameters.From), CompletenessPageState.ParseTime(parameters.To), time.GetUtcNow());
        var question = new CompletenessQuestion
        {
            Source = source.Id,
            Analysis = analysis,
            Service = service,
            From = from,
            To = to,
            Rules = KnownRules.Default,
            Purpose = parameters.Format,
        };
        CompletenessAnswer answer;
        try
        {
            question = question with { Rules = await book.FindAsync(service, context.RequestAborted) };
            answer = await checks.RunAsync(ActorClaims.ToActor(user)!, question, context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            answer = new CompletenessAnswer.Refused(e.Message);
        }

        if (answer is not CompletenessAnswer.Done { Report: var report })
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, ((CompletenessAnswer.Refused)answer).Sentence);
            return;
        }

        context.Response.ContentType = parameters.Format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"completeness_{FileName(service.Service)}_{report.AsOf.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.{parameters.Format}\"";
        context.Response.Headers.CacheControl = "no-store";

        // The whole of it is in memory anyway: the digest that was recorded is made of it.
        using var file = new MemoryStream();
        if (parameters.Format == "csv")
        {
            await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            CompletenessEvidence.WriteCsv(report, text);
        }
        else
        {
            CompletenessEvidence.WriteNdjson(report, file);
        }

        file.Position = 0;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static IAnalysisSource? Find(AnalysisCatalog catalog, ClaimsPrincipal user, CheckParameters parameters) =>
        AnalysisId.TryParse(string.IsNullOrEmpty(parameters.Source) ? AnalysisId.Live(parameters.Project ?? "").Value : parameters.Source, out var id) ? catalog.FindFor(ActorClaims.ToActor(user), id) : null;

    private static string FileName(string service) => string.Concat(service.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }

    /// <summary>The query string.</summary>
    internal sealed record CheckParameters
    {
        [FromQuery(Name = "source")]
        public string? Source { get; init; }

        [FromQuery(Name = "project")]
        public string? Project { get; init; }

        [FromQuery(Name = "location")]
        public string? Location { get; init; }

        [FromQuery(Name = "service")]
        public string? Name { get; init; }

        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [FromQuery(Name = "to")]
        public string? To { get; init; }

        [FromQuery(Name = "format")]
        public string? Format { get; init; }

        public ServiceRef? Service => Project is { Length: > 0 } && Location is { Length: > 0 } && Name is { Length: > 0 } ? new ServiceRef(Project, Location, Name) : null;
    }
}
