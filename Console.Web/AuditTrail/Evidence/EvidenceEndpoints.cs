using System.Globalization;
using System.Security.Claims;
using System.Text;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.AuditTrail.Evidence;

/// <summary>Bundles over plain HTTP: the file, and how far it is.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.AuditEvidenceFile, FileAsync).WithMetadata(new RequiresAttribute(Permission.ExportAudit));
        app.MapGet(Urls.AuditEvidenceProgress, Progress).WithMetadata(new RequiresAttribute(Permission.ExportAudit));
    }

    private static async Task<IResult> FileAsync(ClaimsPrincipal user, EvidenceDesk desk, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await desk.OpenAsync(ActorClaims.ToActor(user)!, id, cancellationToken) is not { } opened
                ? Results.Text("There is no such bundle (any more): make it again.\n", "text/plain", Encoding.UTF8, StatusCodes.Status404NotFound)
                : Results.File(opened.File, "application/zip", Name(opened.Job.Written!.Manifest));
        }
        catch (AuditUnavailableException e)
        {
            return Results.Text($"The download could not be recorded, so nothing was sent. {e.Message}\n", "text/plain", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Progress(EvidenceDesk desk, string? id) => desk.Jobs.FirstOrDefault(j => id is null || j.Id == id) is { } job
        ? Results.Json(new
        {
            id = job.Id,
            stage = job.Stage.ToString().ToLowerInvariant(),
            doing = job.Progress.Doing,
            done = job.Progress.Done,
            total = job.Progress.Total,
            reason = job.Reason,
            file = job.Stage == EvidenceStage.Done ? Urls.AuditEvidenceFileOf(job.Id) : null,
            bytes = job.Written?.Bytes,
            sha256 = job.Written?.Sha256,
        })
        : Results.Json(new { stage = "none" }, statusCode: StatusCodes.Status404NotFound);

    // evidence-console.acme.example-audit-0-12404-20260301T093000Z.zip
    private static string Name(EvidenceManifest manifest)
    {
        var log = string.Concat(manifest.Log.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));
        return string.Create(CultureInfo.InvariantCulture, $"evidence-{log}-{manifest.Range.From}-{manifest.Range.To}-{manifest.ExportedAt[..19].Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}Z.zip");
    }
}
