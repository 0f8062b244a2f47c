namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>What the store adds to an event before it becomes a leaf.</summary>
/// <param name="Sequence">Number in order of arrival.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="Via">Which way it came in.</param>
/// <param name="AppendedBy">Who appended it.</param>
/// <param name="ActorRef">Pseudonym of the actor: base64url of 16 random bytes, see <see cref="LeafBuilder.NewActorRef"/>.</param>
public readonly record struct LeafPosition(long Sequence, DateTimeOffset RecordedAt, AuditVia Via, string AppendedBy, string ActorRef);
