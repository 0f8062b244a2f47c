namespace OpsConsole.Core.Logs;

/// <summary>Which log a line came from.</summary>
public enum LineKind : byte
{
    /// <summary><c>run.googleapis.com/stdout</c>.</summary>
    Stdout,

    /// <summary><c>run.googleapis.com/stderr</c>.</summary>
    Stderr,

    /// <summary>Any other log of a service's container (<c>/var/log/…</c>, or written through the Logging API).</summary>
    OtherContainer,

    /// <summary>Written by Cloud Run itself (<c>varlog/system</c>).</summary>
    Platform,
}
