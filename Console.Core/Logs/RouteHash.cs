using System.Runtime.CompilerServices;
using OpsConsole.Core.Logs.Reading;

namespace OpsConsole.Core.Logs;

/// <summary>One hash of method and path, the same for a request entry and for the web server's access line about it.</summary>
public static class RouteHash
{
    /// <summary>
    /// FNV-1a over the method, a space and the path up to <c>?</c>. Never 0, which stands for "none".
    /// </summary>
    [MethodImpl(Hot.Code)]
    public static uint Of(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path)
    {
        var query = path.IndexOf((byte)'?');
        if (query >= 0)
        {
            path = path[..query];
        }

        var hash = Add(2166136261u, method);
        hash = (hash ^ (byte)' ') * 16777619u;
        hash = Add(hash, path);
        return hash == 0 ? 1u : hash;
    }

    [MethodImpl(Hot.Code)]
    private static uint Add(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash;
    }
}
