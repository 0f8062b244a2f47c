namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>A file of a bundle.</summary>
/// <param name="Name">Its path in the bundle.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
public sealed record EvidenceFile(string Name, long Bytes, string Sha256);
