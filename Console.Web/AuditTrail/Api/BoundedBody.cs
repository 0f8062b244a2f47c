using Microsoft.AspNetCore.Http.Features;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>Reads a body that must be small.</summary>
internal static class BoundedBody
{
    /// <summary>The body; null when it has more bytes than the limit.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // We count ourselves, and can say why.
            size.MaxRequestBodySize = null;
        }

        var body = new byte[request.ContentLength ?? 16 * 1024];
        var length = 0;
        while (true)
        {
            if (length == body.Length)
            {
                // One byte more than the limit is enough to know.
                Array.Resize(ref body, Math.Min(Math.Max(body.Length * 2, 1024), limit + 1));
            }

            var read = await request.Body.ReadAsync(body.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return body[..length];
            }

            length += read;
            if (length > limit)
            {
                return null;
            }
        }
    }
}
