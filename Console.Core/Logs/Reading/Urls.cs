namespace OpsConsole.Core.Logs.Reading;

/// <summary>Takes a request URL apart.</summary>
internal static class Urls
{
    /// <summary>From the first slash after the host on, with the query; <c>/</c> when there is none; what begins with a slash is a path.</summary>
    internal static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> url)
    {
        if (url.Length > 0 && url[0] == '/')
        {
            return url;
        }

        var scheme = url.IndexOf("://"u8);
        if (scheme < 0)
        {
            return [];
        }

        var rest = url[(scheme + 3)..];
        var slash = rest.IndexOfAny((byte)'/', (byte)'?');
        return slash < 0 || rest[slash] == '?' ? "/"u8 : rest[slash..];
    }
}
