namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Fields of a leaf that verification compares with columns.</summary>
internal enum LeafSlot
{
    Action,
    Actor,
    ActorRef,
    ActorType,
    Digests,
    From,
    Id,
    Number,
    Outcome,
    RecordedAt,
    Resource,
    ResourceId,
    ResourceType,
    Source,
    SourceService,
    Time,
    To,
    TraceId,
    Type,
    Via,
    Workspace,
}
