using System.Text.Json;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Numbers the routes of requests with their ids left out, because <see cref="RequestRow.RouteHash"/> keeps them:
/// <c>"requestUrl":"https://…/accounts/54975/roles?x=1"</c> and <c>…/accounts/81/roles</c> are one route. One entry of each
/// distinct path is read back.
/// </summary>
internal sealed class RoutePatterns(LogTable table)
{
    /// <summary>A route that is not known: no path, or too many of them.</summary>
    public const int Unknown = -1;

    // Distinct paths read at most.
    private const int MostPaths = 20_000;

    private readonly Dictionary<uint, int> _byHash = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    public int Of(int request)
    {
        ref readonly var row = ref table.Requests[request];
        if (row.RouteHash == 0)
        {
            return Unknown;
        }

        if (_byHash.TryGetValue(row.RouteHash, out var number))
        {
            return number;
        }

        if (_byHash.Count >= MostPaths)
        {
            return Unknown;
        }

        number = Read(row) is { } text ? NumberOf(text) : Unknown;
        _byHash[row.RouteHash] = number;
        return number;
    }

    private int NumberOf(string text)
    {
        if (!_byText.TryGetValue(text, out var number))
        {
            number = _byText.Count;
            _byText[text] = number;
        }

        return number;
    }

    private string? Read(in RequestRow row)
    {
        try
        {
            using var entry = JsonDocument.Parse(table.ReadEntry(row.Ref), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return entry.RootElement.TryGetProperty("httpRequest"u8, out var http)
                && http.TryGetProperty("requestUrl"u8, out var url)
                && url.GetString() is { } text
                    ? $"{(http.TryGetProperty("requestMethod"u8, out var method) ? method.GetString() : "")} {WithoutIds(text)}"
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or of other types than expected: then the route is not known.
            return null;
        }
    }

    private static string WithoutIds(string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var path = scheme < 0 ? 0 : url.IndexOf('/', scheme + 3);
        var end = url.AsSpan().IndexOfAny('?', '#');
        if (path < 0 || (end >= 0 && path > end))
        {
            return "/";
        }

        var segments = (end < 0 ? url[path..] : url[path..end]).Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].AsSpan().IndexOfAnyInRange('0', '9') >= 0)
            {
                segments[i] = "*";
            }
        }

        return string.Join('/', segments);
    }
}
