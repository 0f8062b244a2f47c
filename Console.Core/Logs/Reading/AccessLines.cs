using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// Recognises a web server's access line and hashes its method and path as <see cref="RouteHash"/> does for request entries.
/// Works on the JSON text between the quotes as it is: the shapes it looks for hold no escapes but <c>\"</c> and the
/// <c>\u001b[…m</c> of colours.
/// </summary>
internal static class AccessLines
{
    /// <summary>The hash, or 0 when the text has no such shape.</summary>
    [MethodImpl(Hot.Code)]
    internal static uint RouteOf(ReadOnlySpan<byte> text)
    {
        // Most lines leave here: an access line holds a method, and every method holds one of these.
        var rest = text;
        var tries = 0;

        // uvicorn   INFO:     169.254.1.1:43210 - \"GET /path HTTP/1.1\" 200 OK
        // gunicorn  169.254.1.1 - - [12/Mar/2026:06:42:31 +0000] \"GET /path HTTP/1.1\" 200 12 \"-\" \"curl/8\"
        // nginx, Apache, morgan combined, werkzeug, Go: the request line in quotes, too.
        while (tries++ < 4)
        {
            var at = rest.IndexOf(" HTTP/"u8);
            if (at < 0)
            {
                break;
            }

            var hash = RequestLine(rest[..at]);
            if (hash != 0)
            {
                return hash;
            }

            rest = rest[(at + 6)..];
        }

        return Bare(text);
    }

    // … \"GET /path
    private static uint RequestLine(ReadOnlySpan<byte> head)
    {
        var space = head.LastIndexOf((byte)' ');
        if (space <= 0)
        {
            return 0;
        }

        var path = head[(space + 1)..];
        var begin = space;
        while (begin > 0 && head[begin - 1] is >= (byte)'A' and <= (byte)'Z')
        {
            begin--;
        }

        return IsOutgoing(head[..begin]) ? 0 : Route(head[begin..space], path);
    }

    // What a client logs of the requests that it sends looks much the same, and may be the background work itself:
    // urllib3     https://api.example:443 \"POST /charges HTTP/1.1\" 200 12
    // HttpClient  http-outgoing-0 >> \"POST /charges HTTP/1.1[\r][\n]\"
    // http.client send: b'POST /charges HTTP/1.1\r\nHost: …
    private static bool IsOutgoing(ReadOnlySpan<byte> before)
    {
        if (before.EndsWith("send: b'"u8) || before.EndsWith(">> \\\""u8))
        {
            return true;
        }

        if (!before.EndsWith(" \\\""u8))
        {
            return false;
        }

        var word = before[..^3];
        return word[(word.LastIndexOf((byte)' ') + 1)..].IndexOf("://"u8) >= 0;
    }

    // morgan tiny  GET /path 200 12 - 1.234 ms
    // morgan dev   \u001b[0mGET /path \u001b[32m200 \u001b[0m1.234 ms - 12\u001b[0m
    // Next.js      GET /path 200 in 12ms
    // gin          [GIN] 2026/03/12 - 06:42:31 | 200 |   1.2ms |  10.0.0.1 | GET      \"/path\"
    [MethodImpl(Hot.Code)]
    private static uint Bare(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("[GIN] "u8))
        {
            var bar = text.LastIndexOf((byte)'|');
            return bar < 0 ? 0 : Gin(text[(bar + 1)..].TrimStart((byte)' '));
        }

        text = SkipColour(text).TrimStart((byte)' ');
        var method = 0;
        while (method < text.Length && method < 8 && text[method] is >= (byte)'A' and <= (byte)'Z')
        {
            method++;
        }

        if (method < 3 || method + 2 >= text.Length || text[method] != ' ' || text[method + 1] != '/')
        {
            return 0;
        }

        var tail = text[(method + 1)..];
        var space = tail.IndexOf((byte)' ');
        if (space < 0)
        {
            return 0;
        }

        var path = tail[..space];
        tail = SkipColour(tail[(space + 1)..]);
        var isStatus = tail.Length >= 3 && tail[0] is >= (byte)'1' and <= (byte)'5'
            && tail[1] is >= (byte)'0' and <= (byte)'9' && tail[2] is >= (byte)'0' and <= (byte)'9'
            && (tail.Length == 3 || tail[3] is (byte)' ' or (byte)'\\');
        return isStatus ? Route(text[..method], path) : 0;
    }

    private static uint Gin(ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        if (space < 0)
        {
            return 0;
        }

        var path = text[space..].TrimStart((byte)' ');
        if (!path.StartsWith("\\\""u8))
        {
            return 0;
        }

        path = path[2..];
        var quote = path.IndexOf((byte)'\\');
        return quote < 0 ? 0 : Route(text[..space], path[..quote]);
    }

    private static uint Route(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path)
    {
        if (!IsMethod(method) || path.Length == 0)
        {
            return 0;
        }

        if (path[0] != '/')
        {
            // A proxy's absolute form.
            path = Urls.PathOf(path);
        }

        return path.Length == 0 || path[0] != '/' ? 0 : RouteHash.Of(method, path);
    }

    private static bool IsMethod(ReadOnlySpan<byte> method) =>
        method.Length switch
        {
            3 => method.SequenceEqual("GET"u8) || method.SequenceEqual("PUT"u8),
            4 => method.SequenceEqual("POST"u8) || method.SequenceEqual("HEAD"u8),
            5 => method.SequenceEqual("PATCH"u8) || method.SequenceEqual("TRACE"u8),
            6 => method.SequenceEqual("DELETE"u8),
            7 => method.SequenceEqual("OPTIONS"u8) || method.SequenceEqual("CONNECT"u8),
            _ => false,
        };

    // \u001b[32m in JSON text; also a raw escape character, which is no JSON but may come from a converted file.
    private static ReadOnlySpan<byte> SkipColour(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            var start = text.StartsWith("\\u001b["u8) || text.StartsWith("\\u001B["u8) ? 7 : 0;
            if (start == 0)
            {
                return text;
            }

            var end = text[..Math.Min(text.Length, 24)].IndexOf((byte)'m');
            if (end < 0)
            {
                return text;
            }

            text = text[(end + 1)..];
        }
    }
}
