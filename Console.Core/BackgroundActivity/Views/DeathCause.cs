namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>How an instance ended, as far as the logs say.</summary>
public enum DeathCause
{
    /// <summary>No sign of an end: it may still run. Normal scale-in is silent too.</summary>
    None,

    /// <summary><c>Memory limit of 512 MiB exceeded …</c></summary>
    OutOfMemory,

    /// <summary><c>Container terminated on signal 9.</c> or <c>Uncaught signal: 6, …</c></summary>
    Signal,

    /// <summary><c>Container called exit(3).</c></summary>
    Exit,

    /// <summary><c>LIVENESS … probe failed …</c></summary>
    LivenessProbe,

    /// <summary><c>Shutting down user disabled instance</c>, or lines of an orderly stop.</summary>
    OrderlyStop,
}
