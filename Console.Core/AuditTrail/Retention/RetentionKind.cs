namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>What two people decide on.</summary>
public enum RetentionKind
{
    /// <summary>Erase the personal fields of all events of one actor.</summary>
    EraseActor,

    /// <summary>Erase committed fields of one event.</summary>
    EraseEvent,

    /// <summary>Prune all events below an index.</summary>
    Prune,

    /// <summary>Release a legal hold.</summary>
    ReleaseHold,
}
