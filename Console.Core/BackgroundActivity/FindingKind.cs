namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Kinds of background work.</summary>
public enum FindingKind : byte
{
    /// <summary>Work after the response of a known request.</summary>
    AfterResponse,

    /// <summary>Work on an instance without any request in flight.</summary>
    IdleInstance,

    /// <summary>Periodic work on idle instances (in-process cron, flushers).</summary>
    Periodic,

    /// <summary>A short fixed sleep after each response to keep the CPU.</summary>
    HeldOpen,
}
