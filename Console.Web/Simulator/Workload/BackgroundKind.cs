namespace OpsConsole.Web.Simulator.Workload;

internal enum BackgroundKind
{
    /// <summary>An audit record, or other work that must not be lost.</summary>
    Record,

    /// <summary>A sleep after the response that is meant to keep the CPU.</summary>
    Heartbeat,

    /// <summary>A timer of the instance, of no request: it never ends.</summary>
    Periodic,
}
