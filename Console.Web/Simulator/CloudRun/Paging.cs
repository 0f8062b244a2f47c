using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>Cuts lists into pages. A token says behind which item to go on, so that a new resource moves no page.</summary>
internal static class Paging
{
    /// <summary>UNCONFIRMED for Cloud Run's resources (for operations 100 is documented): loop on the token, always.</summary>
    private const int Largest = 100;

    /// <summary>One page of a list of resources.</summary>
    public static ApiResult<JsonObject> Page(IReadOnlyList<JsonObject> items, string key, string scope, int pageSize, string? pageToken) =>
        Page(items, Position, static item => item.Copy(), key, scope, pageSize, pageToken);

    /// <summary>One page of a list, as the list's response: no array key if there is nothing, no token on the last page.</summary>
    /// <param name="items">All of them, in order.</param>
    /// <param name="position">What they are ordered by.</param>
    /// <param name="render">An item's JSON.</param>
    /// <param name="key">The array's key: <c>services</c>.</param>
    /// <param name="scope">What is listed: a token of another list is refused.</param>
    /// <param name="pageSize">0 is the default.</param>
    /// <param name="pageToken">As the previous page gave it.</param>
    public static ApiResult<JsonObject> Page<T>(
        IReadOnlyList<T> items, Func<T, string> position, Func<T, JsonObject> render, string key, string scope, int pageSize, string? pageToken)
    {
        if (pageSize < 0)
        {
            return ApiError.InvalidArgument("page_size must not be negative.");
        }

        var start = 0;
        if (!string.IsNullOrEmpty(pageToken))
        {
            if (Decode(pageToken, scope) is not { } last)
            {
                return ApiError.InvalidArgument("The page token is invalid.");
            }

            while (start < items.Count && string.CompareOrdinal(position(items[start]), last) <= 0)
            {
                start++;
            }
        }

        var size = pageSize == 0 ? Largest : Math.Min(pageSize, Largest);
        var page = items.Skip(start).Take(size).ToList();
        var response = new JsonObject();
        if (page.Count > 0)
        {
            response[key] = new JsonArray([.. page.Select(render)]);
        }

        if (start + size < items.Count)
        {
            response["nextPageToken"] = Encode(position(page[^1]), scope);
        }

        return response;
    }

    /// <summary>A key that sorts as the lists do: newest first, then by name.</summary>
    public static string Position(JsonObject item)
    {
        _ = Wire.WireTime.TryTimestamp(item.Text("createTime"), out var created);
        return Position(created, item.Text("name"));
    }

    /// <summary>The same for what is not a resource.</summary>
    public static string Position(DateTimeOffset created, string name) =>
        (long.MaxValue - created.UtcTicks).ToString("D19", CultureInfo.InvariantCulture) + name;

    private static string Encode(string position, string scope) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Digest(scope) + position)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string? Decode(string token, string scope)
    {
        try
        {
            var base64 = token.Replace('-', '+').Replace('_', '/');
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));
            var digest = Digest(scope);
            return text.StartsWith(digest, StringComparison.Ordinal) ? text[digest.Length..] : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string Digest(string scope) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(scope)))[..8];
}
