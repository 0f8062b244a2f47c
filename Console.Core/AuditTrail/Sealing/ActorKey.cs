namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>An actor that has one pseudonym.</summary>
/// <param name="Type">Kind.</param>
/// <param name="Id">Id.</param>
public readonly record struct ActorKey(AuditActorType Type, string Id);
