using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Reads <c>projects/P/logs/ID</c>.</summary>
internal static class LogNames
{
    /// <summary>Which log it is. The id is percent-encoded in entries and plain where people typed it: both are taken.</summary>
    [MethodImpl(Hot.Code)]
    internal static LogId Parse(ReadOnlySpan<byte> name)
    {
        if (name.EndsWith("/logs/run.googleapis.com%2Fstdout"u8))
        {
            return LogId.Stdout;
        }

        if (name.EndsWith("/logs/run.googleapis.com%2Fstderr"u8))
        {
            return LogId.Stderr;
        }

        return name.EndsWith("/logs/run.googleapis.com%2Frequests"u8) ? LogId.Requests : Rare(name);
    }

    private static LogId Rare(ReadOnlySpan<byte> name)
    {
        var at = name.IndexOf("/logs/"u8);
        var id = at < 0 ? name : name[(at + 6)..];
        if (id.StartsWith("run.googleapis.com"u8))
        {
            id = id[18..];
            if (!TrySlash(ref id))
            {
                return LogId.Other;
            }

            if (id.SequenceEqual("stdout"u8))
            {
                return LogId.Stdout;
            }

            if (id.SequenceEqual("stderr"u8))
            {
                return LogId.Stderr;
            }

            if (id.SequenceEqual("requests"u8))
            {
                return LogId.Requests;
            }

            return IsSystem(id) ? LogId.System : LogId.OtherRun;
        }

        return id.StartsWith("cloudaudit.googleapis.com"u8) ? LogId.Audit : LogId.Other;
    }

    // varlog%2Fsystem, and %2Fvar%2Flog%2Fsystem after the first slash.
    private static bool IsSystem(ReadOnlySpan<byte> id)
    {
        if (TrySlash(ref id))
        {
            if (!id.StartsWith("var"u8))
            {
                return false;
            }

            id = id[3..];
            if (!TrySlash(ref id) || !id.StartsWith("log"u8))
            {
                return false;
            }

            id = id[3..];
        }
        else
        {
            if (!id.StartsWith("varlog"u8))
            {
                return false;
            }

            id = id[6..];
        }

        return TrySlash(ref id) && id.SequenceEqual("system"u8);
    }

    private static bool TrySlash(ref ReadOnlySpan<byte> id)
    {
        if (id.StartsWith("%2F"u8) || id.StartsWith("%2f"u8))
        {
            id = id[3..];
            return true;
        }

        if (id.Length > 0 && id[0] == '/')
        {
            id = id[1..];
            return true;
        }

        return false;
    }
}
