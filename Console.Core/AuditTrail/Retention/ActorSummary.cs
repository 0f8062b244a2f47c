namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>An actor of the trail.</summary>
/// <param name="Ref">Pseudonym.</param>
/// <param name="Type">Kind.</param>
/// <param name="Id">Id, a personal datum.</param>
/// <param name="DisplayName">Name at the first event; null when there is none.</param>
/// <param name="Events">Events that are sealed and indexed.</param>
public sealed record ActorSummary(string Ref, AuditActorType Type, string Id, string? DisplayName, long Events);
