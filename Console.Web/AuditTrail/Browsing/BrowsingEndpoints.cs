using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>Files of the audit trail over plain HTTP: the events of a query, the proof of one leaf, and its bytes.</summary>
internal static class BrowsingEndpoints
{
    public static void MapAuditBrowsing(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.AuditFile, FileAsync).WithMetadata(new RequiresAttribute(Permission.ExportAudit));
        app.MapGet(Urls.AuditProof, ProofAsync).WithMetadata(new RequiresAttribute(Permission.BrowseAudit));
        app.MapGet(Urls.AuditLeaf, LeafAsync).WithMetadata(new RequiresAttribute(Permission.BrowseAudit));
    }

    private static async Task FileAsync(
        HttpContext context, ClaimsPrincipal user, EventBrowser browser, TimeProvider time, ILogger<EventBrowser> logger, string? q, string? last, string? from, string? to, string? format)
    {
        var filter = FilterQuery.Parse(q);
        if (format is not ("csv" or "ndjson"))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "format is csv or ndjson.");
            return;
        }

        if (EventFilter.Problems(filter) is [var problem, ..])
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        var (begin, end) = EventSpan.Parse(last, from, to).At(time.GetUtcNow());
        var kind = format == "csv" ? EventFileFormat.Csv : EventFileFormat.Ndjson;
        var answer = await browser.BeginFileAsync(ActorClaims.ToActor(user)!, EventFilter.Query(filter, begin, end), kind, context.RequestAborted);
        if (answer.Value is not { } file)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, answer.Refused!);
            return;
        }

        var response = context.Response;
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit-events_{time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.{format}\"";
        response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        EventFileSummary? written = null;
        try
        {
            written = await EventFileWriter.WriteAsync(file.Records, kind, response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or AuditUnavailableException)
        {
            Log.FileBrokeOff(logger, e.Message);
        }

        try
        {
            await browser.EndFileAsync(file, written, CancellationToken.None);
        }
        catch (AuditUnavailableException e)
        {
            // That it was begun is on the record; how it ended stays unknown there, and is said here.
            Log.FileEndNotRecorded(logger, e.Message);
        }

        if (written is null)
        {
            // Half a file must not look like a whole one.
            context.Abort();
        }
    }

    private static Task ProofAsync(HttpContext context, ClaimsPrincipal user, EventBrowser browser, LeafProofs proofs, string? index) => LeafFileAsync(
        context, user, browser, proofs, index, "proof",
        proof => proof is { Inclusion: { } inclusion, Checkpoint: { } checkpoint } && MayRead(user, proof.Bytes)
            ? (new TlogProof(proof.Index, inclusion.Path, checkpoint.Signed).ToBytes(), "text/plain; charset=utf-8", ".tlog-proof")
            : null);

    private static Task LeafAsync(HttpContext context, ClaimsPrincipal user, EventBrowser browser, LeafProofs proofs, string? index) => LeafFileAsync(
        context, user, browser, proofs, index, "leaf",
        proof => proof.Bytes is { } bytes && MayRead(user, bytes) ? (bytes, "application/json", ".leaf.json") : null);

    // A leaf holds its workspace in clear, and more: who is limited to some workspaces gets the leaves of those, and their proofs.
    private static bool MayRead(ClaimsPrincipal user, byte[]? leaf)
    {
        if (ActorClaims.ToActor(user) is not { } actor)
        {
            return false;
        }

        if (actor.MayEverywhere(Permission.BrowseAudit))
        {
            return true;
        }

        if (leaf is null)
        {
            return false;
        }

        using var json = System.Text.Json.JsonDocument.Parse(leaf);
        return json.RootElement.TryGetProperty("workspace", out var workspace) && actor.MayRead(Permission.BrowseAudit, workspace.GetString() ?? "");
    }

    private static async Task LeafFileAsync(
        HttpContext context, ClaimsPrincipal user, EventBrowser browser, LeafProofs proofs, string? index, string what, Func<LeafProof, (byte[] Bytes, string Type, string Ending)?> of)
    {
        if (!long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "index is the index of a leaf.");
            return;
        }

        try
        {
            if (await browser.ProofAsync(ActorClaims.ToActor(user)!, at, what, context.RequestAborted) is { } refused)
            {
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, refused);
                return;
            }

            if (await proofs.OfAsync(at, context.RequestAborted) is not { } proof || of(proof) is not var (bytes, type, ending))
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such leaf, or no checkpoint covers it yet, or its bytes were pruned.");
                return;
            }

            context.Response.ContentType = type;
            context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"{at}{ending}\"");
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
        catch (AuditUnavailableException e)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }
}
