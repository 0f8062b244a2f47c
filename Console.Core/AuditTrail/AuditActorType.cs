namespace OpsConsole.Core.AuditTrail;

/// <summary>What kind of actor did it.</summary>
public enum AuditActorType
{
    /// <summary>A person.</summary>
    User,

    /// <summary>A program with an identity of its own: a service account, an API token.</summary>
    Service,

    /// <summary>The system itself: the sealer, a retention job, Cloud Run.</summary>
    System,
}
