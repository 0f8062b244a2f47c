namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>An event put together again from its leaf and the disclosures that are there.</summary>
/// <param name="Event">The event; an erased field is null, an erased actor's id is its pseudonym.</param>
/// <param name="Erased">Names of committed fields that nothing opens: erased, or not disclosed.</param>
/// <param name="Problems">Disclosures that open nothing in the leaf: changed, or of another event. Sentences.</param>
public sealed record OpenedEvent(AuditEvent Event, IReadOnlyList<string> Erased, IReadOnlyList<string> Problems);
