namespace OpsConsole.Core.AuditTrail;

/// <summary>How it ended. Failures and denials count as much as successes.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was tried and failed.</summary>
    Failure,

    /// <summary>It was refused.</summary>
    Denied,

    /// <summary>Not known (yet): an intent, or an act whose end was not seen.</summary>
    Unknown,
}
