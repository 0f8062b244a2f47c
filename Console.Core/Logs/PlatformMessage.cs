namespace OpsConsole.Core.Logs;

/// <summary>What a platform line says, recognised by its first words (facts: Cloud Run system log).</summary>
public enum PlatformMessage : byte
{
    /// <summary>Not a platform line.</summary>
    None,

    /// <summary><c>Starting new instance. Reason: …</c></summary>
    Starting,

    /// <summary><c>… STARTUP TCP probe succeeded after …</c></summary>
    StartupProbeSucceeded,

    /// <summary><c>… STARTUP … probe failed …</c></summary>
    StartupProbeFailed,

    /// <summary><c>LIVENESS … probe failed …</c></summary>
    LivenessProbeFailed,

    /// <summary><c>Memory limit of 512 MiB exceeded …</c></summary>
    MemoryLimitExceeded,

    /// <summary><c>Container terminated on signal 9.</c></summary>
    TerminatedOnSignal,

    /// <summary><c>Container called exit(3).</c></summary>
    CalledExit,

    /// <summary><c>Uncaught signal: 6, …</c></summary>
    UncaughtSignal,

    /// <summary><c>Shutting down user disabled instance</c></summary>
    ShuttingDown,

    /// <summary>Any other platform line.</summary>
    Other,
}
