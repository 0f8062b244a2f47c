namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Where the making of a bundle stands.</summary>
public enum EvidenceStage
{
    /// <summary>It is being made.</summary>
    Running,

    /// <summary>It is there.</summary>
    Done,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>There is none: the reason says why.</summary>
    Failed,
}
