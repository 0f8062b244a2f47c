namespace OpsConsole.Web.Simulator.Workload;

internal enum LogStream
{
    Stdout,
    Stderr,

    /// <summary>A file under /var/log.</summary>
    VarLog,

    /// <summary>The platform's own: varlog/system.</summary>
    System,
}
