namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Where a verification stands.</summary>
public enum VerifyStage
{
    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended, and its report is there.</summary>
    Done,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>It could not run to its end.</summary>
    Failed,
}
