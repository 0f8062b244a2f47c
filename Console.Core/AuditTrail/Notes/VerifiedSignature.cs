namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>A signature that a trusted key made over the note's text.</summary>
/// <param name="Key">The key.</param>
/// <param name="Signature">Its line.</param>
/// <param name="Time">For a cosignature: when the witness made it, in whole seconds.</param>
public sealed record VerifiedSignature(VerifierKey Key, NoteSignature Signature, DateTimeOffset? Time);
