namespace OpsConsole.Core.AuditTrail;

/// <summary>Says how the audit trail is; shown on every screen.</summary>
public interface IAuditHealth
{
    /// <summary>The state as last seen by the sealer; never waits for the database.</summary>
    AuditHealth Current { get; }

    /// <summary>Raised when <see cref="Current"/> changes, on any thread, at most a few times a second.</summary>
    event EventHandler? Changed;
}
