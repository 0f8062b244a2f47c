namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>What was written, so that the file can be recognised later.</summary>
/// <param name="Events">Events in it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
public sealed record EventFileSummary(long Events, long Bytes, string Sha256);
