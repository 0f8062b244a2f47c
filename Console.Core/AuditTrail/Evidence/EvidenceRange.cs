namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>The leaves of a bundle.</summary>
/// <param name="From">Index of the first leaf.</param>
/// <param name="To">Index behind the last one.</param>
/// <param name="SealedFrom">Sealed at this time or later, if it was asked for.</param>
/// <param name="SealedBefore">Sealed before this time, if it was asked for.</param>
public sealed record EvidenceRange(long From, long To, string? SealedFrom, string? SealedBefore);
