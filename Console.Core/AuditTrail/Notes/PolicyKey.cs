namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>A log or a witness of a <see cref="WitnessPolicy"/>.</summary>
/// <param name="Name">Of the policy file for witnesses; the key's own for logs.</param>
/// <param name="Key">Its key.</param>
/// <param name="Url">Where it answers; null where the file names no address.</param>
public sealed record PolicyKey(string Name, VerifierKey Key, string? Url);
