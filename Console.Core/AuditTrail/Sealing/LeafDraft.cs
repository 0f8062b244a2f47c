namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>A leaf that is finished but for its actor's pseudonym.</summary>
/// <param name="Sequence">Number of its event.</param>
/// <param name="Actor">Which of <see cref="LeafDrafts.Actors"/>.</param>
/// <param name="Bytes">The leaf, with <see cref="LeafDrafts.NoRef"/> as pseudonym.</param>
/// <param name="RefAt">Where that begins.</param>
/// <param name="Disclosures">Packed.</param>
internal readonly record struct LeafDraft(long Sequence, int Actor, Memory<byte> Bytes, int RefAt, ReadOnlyMemory<byte> Disclosures);
