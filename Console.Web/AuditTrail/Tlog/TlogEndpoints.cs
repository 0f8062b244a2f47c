using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.Access;
using OpsConsole.Web.AuditTrail.Api;

namespace OpsConsole.Web.AuditTrail.Tlog;

/// <summary>
/// The log read only, as c2sp.org/tlog-tiles lays it out: <c>/tlog/checkpoint</c>, <c>/tlog/tile/…</c> and <c>/tlog/tile/entries/…</c>. What is served
/// is the tree of the latest signed checkpoint, so whatever a client reads can be checked. For people who may browse, and for tokens that read the log.
/// </summary>
internal static class TlogEndpoints
{
    /// <summary>Prefix of the log.</summary>
    public const string Prefix = "/tlog";

    // Immutable, but not for caches that several people share: the reader was asked who it is.
    private const string Immutable = "private, max-age=604800, immutable";

    public static void MapTlog(this IEndpointRouteBuilder app)
    {
        var policy = ApiAccess.PolicyOf(ApiScope.ReadLog);
        app.MapGet($"{Prefix}/checkpoint", CheckpointAsync).RequireAuthorization(policy).WithMetadata(new SkipStatusCodePagesAttribute());
        app.MapGet($"{Prefix}/tile/{{**path}}", TileAsync).RequireAuthorization(policy).WithMetadata(new SkipStatusCodePagesAttribute());
    }

    private static Task CheckpointAsync(HttpContext context, ISealedLog log, LogReaders readers) => GuardedAsync(context, readers, async () =>
    {
        if (await log.LatestAsync(context.RequestAborted) is not { } checkpoint)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "Nothing is sealed yet.");
            return;
        }

        await WriteAsync(context, checkpoint.Signed.ToBytes(), "text/plain; charset=utf-8", "no-cache");
    });

    private static Task TileAsync(HttpContext context, ISealedLog log, LogReaders readers, string path) => GuardedAsync(context, readers, async () =>
    {
        if (!Tile.TryParsePath($"tile/{path}", out var tile, out var entries)
            || await log.LatestAsync(context.RequestAborted) is not { Size: var size } || !HasTile(size, tile))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "The tree of the latest checkpoint has no such tile.");
            return;
        }

        try
        {
            var bytes = entries ? await BundleAsync(log, tile, context.RequestAborted) : (await log.ReadAsync([tile], context.RequestAborted))[0];
            if (bytes is not { } found)
            {
                await RefuseAsync(context, StatusCodes.Status404NotFound, "Entries of this bundle were pruned. Their hashes are in the tiles.");
                return;
            }

            await WriteAsync(context, found, "application/octet-stream", Immutable);
        }
        catch (MissingTileException e)
        {
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, $"{e.Message} Verify the audit trail.");
        }
    });

    // Of this tree or of a smaller one before it: partial tiles of those begin the same tile.
    private static bool HasTile(long size, Tile tile)
    {
        var row = tile.Level * 8 < 63 ? size >> (8 * tile.Level) : 0;
        return tile.Index <= row / Tile.FullWidth && row - (tile.Index * Tile.FullWidth) >= tile.Width;
    }

    private static async Task<ReadOnlyMemory<byte>?> BundleAsync(ISealedLog log, Tile tile, CancellationToken cancellationToken)
    {
        var first = tile.Index * Tile.FullWidth;
        var leaves = new List<ReadOnlyMemory<byte>>(tile.Width);
        await foreach (var leaf in log.LeavesAsync(first, first + tile.Width, cancellationToken))
        {
            leaves.Add(leaf.Bytes);
        }

        return leaves.Count == tile.Width ? EntryBundle.Write(leaves) : null;
    }

    // Reading is a disclosure: it is on the record before a byte goes out.
    private static async Task GuardedAsync(HttpContext context, LogReaders readers, Func<Task> answer)
    {
        try
        {
            var token = context.Features.Get<ApiToken>();

            // People have the limit of all their requests; a token has its own, as on the API.
            if (token is not null && context.RequestServices.GetRequiredService<ApiRateLimit>().Take(token.Id) is { Ticks: > 0 } wait)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "This token reads faster than it may. Honour Retry-After, and keep tiles: full ones never change.");
                return;
            }

            var reader = token is not null ? LogReader.Of(token) : LogReader.Of(ActorClaims.ToActor(context.User)!);
            await readers.ReadingAsync(reader, context.RequestAborted);
            await answer();
        }
        catch (AuditUnavailableException e)
        {
            context.Response.Headers.RetryAfter = "5";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> bytes, string type, string caching)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        context.Response.Headers.CacheControl = caching;
        context.Response.Headers.Vary = "Authorization, Cookie";
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{sentence}\n"), context.RequestAborted);
    }
}
