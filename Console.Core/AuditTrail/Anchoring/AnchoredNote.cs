namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>A checkpoint as an anchor holds it.</summary>
/// <param name="Where">The file or the entry, for people.</param>
/// <param name="Note">Its bytes; they may be anything.</param>
public sealed record AnchoredNote(string Where, byte[] Note);
