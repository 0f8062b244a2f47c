namespace OpsConsole.Core.AuditTrail;

/// <summary>An event as it is stored, with its position.</summary>
/// <param name="Event">The event. Fields that were erased are null (an actor's id is then its pseudonym), and named in <paramref name="Erased"/>.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="ActorRef">Pseudonym of the actor, which stands in clear in the leaf.</param>
/// <param name="Erased">Names of the committed fields whose value was erased, for example <c>actor.displayName</c>.</param>
public sealed record AuditRecord(AuditEvent Event, AuditPosition Position, string? ActorRef, IReadOnlyList<string> Erased);
