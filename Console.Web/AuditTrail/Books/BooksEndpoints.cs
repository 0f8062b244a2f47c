using System.Security.Claims;
using System.Text;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary><c>GET /audit/books/file</c>: a statement, with the events that seal it, or its rows alone. The download is recorded before the first byte.</summary>
internal static class BooksEndpoints
{
    public static void MapBooks(this IEndpointRouteBuilder app) => app.MapGet(Urls.AuditBooksFile, FileAsync).WithMetadata(new RequiresAttribute(Permission.ExportAudit));

    private static async Task FileAsync(
        HttpContext context, ClaimsPrincipal user, Statements statements, LeafProofs proofs, IRetentionStore store, LogKeys keys, IAuditTrail trail, ActEvents acts,
        string? project, string? statement, string? format)
    {
        if (format is not ("zip" or "csv" or "ndjson") || string.IsNullOrEmpty(statement))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Name a statement; format is zip, ndjson or csv.");
            return;
        }

        var actor = ActorClaims.ToActor(user)!;
        if (!actor.MayRead(Permission.VerifyAudit, Project(statement, project)))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "You may not see statements of the books.");
            return;
        }

        using var file = new MemoryStream();
        try
        {
            var list = await statements.ListAsync(actor, Project(statement, project), context.RequestAborted);
            if (list.FirstOrDefault(s => s.Statement.Id == statement) is not { } found)
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such statement.");
                return;
            }

            await trail.RecordAsync(
                acts.Of(actor, AuditActions.AuditExport, AuditOutcome.Success) with
                {
                    Resource = new AuditResource { Type = "gcp.project", Id = found.Statement.Project, Project = found.Statement.Project },
                    Details = ActEvents.Details(new { what = "statement of the three books", statement, format, rows = found.Statement.Rows.Count, sha256 = found.Sha256 }),
                },
                context.RequestAborted);
            await WriteAsync(found, format, proofs, store, keys, file, context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
            return;
        }

        context.Response.ContentType = format switch { "zip" => "application/zip", "csv" => "text/csv; charset=utf-8", _ => "application/x-ndjson; charset=utf-8" };
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{string.Concat(statement.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))}.{format}\"";
        context.Response.Headers.CacheControl = "no-store";
        file.Position = 0;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task WriteAsync(SealedStatement found, string format, LeafProofs proofs, IRetentionStore store, LogKeys keys, Stream file, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case "zip":
                await StatementEvidence.WriteAsync(found, proofs, store.DisclosuresAsync, keys.VerifierKeys, file, cancellationToken);
                break;
            case "csv":
                await using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true))
                {
                    StatementJson.WriteCsv(found.Statement.Rows, text);
                }

                break;
            default:
                StatementJson.WriteNdjson(found.Statement.Rows, file);
                break;
        }
    }

    // statement-PROJECT-20261122, or …T0930-… for one that somebody asked for.
    private static string Project(string statement, string? project) =>
        project is { Length: > 0 } ? project : !statement.StartsWith("statement-", StringComparison.Ordinal) ? "" : statement["statement-".Length..] is var rest && rest.LastIndexOf("-20", StringComparison.Ordinal) is > 0 and var at ? rest[..at] : rest;

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }
}
