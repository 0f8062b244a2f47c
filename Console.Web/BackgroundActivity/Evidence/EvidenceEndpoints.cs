using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Evidence;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.BackgroundActivity.Evidence;

/// <summary><c>GET /background/evidence</c>: classified entries as a file.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder app) =>
        app.MapGet("/background/evidence", DownloadAsync).WithMetadata(new RequiresAttribute(Permission.ExportEvidence));

    private static async Task DownloadAsync(HttpContext context, AnalysisCatalog catalog, LogActs acts, [AsParameters] EvidenceParameters parameters)
    {
        if (!AnalysisId.TryParse(parameters.Source, out var id) || catalog.FindFor(ActorClaims.ToActor(context.User), id) is not { } source)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "These logs do not exist (any more).");
            return;
        }

        if (parameters.ToQuery(out var format) is not { } query)
        {
            await RefuseAsync(
                context, StatusCodes.Status400BadRequest,
                $"format is ndjson or csv; class is one of {string.Join(", ", EntryClasses.All.Select(EntryClasses.Word))}.");
            return;
        }

        // Looking keeps the logs open until the last byte is out, even when somebody deletes them meanwhile.
        using var looking = source.Subscribe(static () => Task.CompletedTask);
        if (source.Current is not { } analysis)
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, "These logs are still being read. Try again when their page shows numbers.");
            return;
        }

        var lines = query.Select(analysis);
        var actor = ActorClaims.ToActor(context.User)!;

        // What an upload calls its project is anybody's word: it names no workspace.
        var project = source.Kind == SourceKind.Upload ? null : source.Project;
        var chosen = new { format = format.ToString(), query, entries = lines.Count };
        try
        {
            await acts.DownloadAsync(actor, id, project, chosen, context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, $"{e.Message} Nothing is given out without a record of it: try again later.");
            return;
        }

        var response = context.Response;
        response.ContentType = format == EvidenceFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"{query.FileName(source.Project, source.From, source.To, format)}\"";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await EvidenceWriter.WriteAsync(analysis, lines, format, response.BodyWriter, context.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            await acts.DownloadBrokeOffAsync(actor, id, project, chosen, CancellationToken.None);

            // Half a file must not look like a whole one: cut the connection, and the browser says that it failed.
            context.Abort();
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }

    /// <summary>The query string.</summary>
    internal sealed record EvidenceParameters
    {
        [FromQuery(Name = "source")]
        public string? Source { get; init; }

        [FromQuery(Name = "format")]
        public string? Format { get; init; }

        [FromQuery(Name = "project")]
        public string? Project { get; init; }

        [FromQuery(Name = "location")]
        public string? Location { get; init; }

        [FromQuery(Name = "service")]
        public string? Service { get; init; }

        [FromQuery(Name = "revision")]
        public string? Revision { get; init; }

        [FromQuery(Name = "finding")]
        public string? Finding { get; init; }

        [FromQuery(Name = "request")]
        public string? Request { get; init; }

        [FromQuery(Name = "instance")]
        public string? Instance { get; init; }

        /// <summary>Words of classes; may be repeated.</summary>
        [FromQuery(Name = "class")]
        public string[]? Classes { get; init; }

        /// <summary>Null when a word is not one of those that are known.</summary>
        public EvidenceQuery? ToQuery(out EvidenceFormat format)
        {
            format = Format == "csv" ? EvidenceFormat.Csv : EvidenceFormat.Ndjson;
            var classes = (Classes ?? []).Select(word => EntryClasses.All.Where(c => c.Word() == word).Select(static c => (EntryClass?)c).FirstOrDefault()).ToList();
            return Format is not (null or "csv" or "ndjson") || classes.Contains(null)
                ? null
                : new EvidenceQuery
                {
                    Project = Project,
                    Location = Location,
                    Service = Service,
                    Revision = Revision,
                    Finding = Finding,
                    Request = Request,
                    Instance = Instance,
                    Classes = [.. classes.OfType<EntryClass>()],
                };
        }
    }
}
