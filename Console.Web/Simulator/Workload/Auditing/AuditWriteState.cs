namespace OpsConsole.Web.Simulator.Workload.Auditing;

internal enum AuditWriteState
{
    /// <summary>Not written yet; it may still be.</summary>
    Pending,

    /// <summary>Committed.</summary>
    Written,

    /// <summary>The instance went away first: it will never be written.</summary>
    Lost,
}
