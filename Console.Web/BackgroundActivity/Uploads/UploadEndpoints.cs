using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.BackgroundActivity.Uploads;

/// <summary>
/// <c>POST /background/uploads?name=</c>: the body is the file, streamed to the disk. Over plain HTTP, for a circuit would
/// carry gigabytes in small pieces through memory.
/// </summary>
internal static class UploadEndpoints
{
    private const int DiskFull = unchecked((int)0x80070070);
    private const int NoSpaceOnDevice = 28;

    // Answers are for the script: the error page in place of a bare 403 would be asked for by POST, and fail for want of a form token.
    public static void MapUploads(this IEndpointRouteBuilder app) =>
        app.MapPost("/background/uploads", ReceiveAsync).WithMetadata(new RequiresAttribute(Permission.AnalyseLogs), new SkipStatusCodePagesAttribute());

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, AnalysisCatalog catalog, LogActs acts, ILogger<AnalysisCatalog> logger, [FromQuery] string? name)
    {
        if (!SameOrigin.Allows(context.Request))
        {
            return Refuse(StatusCodes.Status403Forbidden, "This upload did not come from a page of this console.");
        }

        var limit = catalog.UploadLimitBytes;
        if (context.Request.ContentLength > limit)
        {
            return TooLarge(limit);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // We count ourselves, one byte over the limit included, and can say why.
            size.MaxRequestBodySize = null;
        }

        var path = Path.Combine(catalog.UploadFolder, $"{Guid.CreateVersion7():N}.part");
        var received = false;
        try
        {
            var bytes = await SaveAsync(context.Request, path, limit, context.RequestAborted);
            if (bytes > limit)
            {
                return TooLarge(limit);
            }

            if (bytes == 0)
            {
                return Refuse(StatusCodes.Status400BadRequest, "The file is empty.");
            }

            var actor = ActorClaims.ToActor(context.User)!;
            await acts.UploadAsync(actor, UploadName.Clean(name), bytes, context.RequestAborted);
            var id = catalog.AddUpload(path, UploadName.Clean(name), actor.DisplayName);
            received = true;
            return Results.Json(new { id = id.Value, url = $"{Urls.Background}?source={id.Value}" }, statusCode: StatusCodes.Status201Created);
        }
        catch (AuditUnavailableException e)
        {
            Log.UploadFailed(logger, e.Message);
            return Refuse(StatusCodes.Status503ServiceUnavailable, $"{e.Message} Nothing is analysed without a record of it: try again later.");
        }
        catch (IOException e) when (e.HResult is DiskFull or NoSpaceOnDevice)
        {
            Log.UploadFailed(logger, e.Message);
            return Refuse(StatusCodes.Status507InsufficientStorage, "The console's disk is full. Delete uploads that are no longer needed, and try again.");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            if (context.RequestAborted.IsCancellationRequested)
            {
                Log.UploadCancelled(logger);
                return Results.Empty;
            }

            Log.UploadFailed(logger, e.Message);
            return Refuse(StatusCodes.Status400BadRequest, "The upload broke off before it was complete.");
        }
        finally
        {
            if (!received)
            {
                DeletePart(path, logger);
            }
        }
    }

    /// <summary>Bytes written; more than the limit when reading stopped because of it.</summary>
    private static async Task<long> SaveAsync(HttpRequest request, string path, long limit, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
        var buffer = new byte[128 * 1024];
        long bytes = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                return bytes;
            }

            bytes += read;
            if (bytes > limit)
            {
                return bytes;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static IResult TooLarge(long limit) => Refuse(
        StatusCodes.Status413PayloadTooLarge,
        $"The file is larger than {Words.Bytes(limit)}, the limit of uploads here. Pack it with gzip, or analyse it on the command line (correlate FILE), which has no limit.");

    private static IResult Refuse(int status, string message) => Results.Json(new { message }, statusCode: status);

    private static void DeletePart(string path, ILogger logger)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start deletes it.
            Log.UploadFailed(logger, e.Message);
        }
    }
}
