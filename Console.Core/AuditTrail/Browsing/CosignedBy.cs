namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A witness's signature on a checkpoint, as its line says; whoever has the witness's key can verify it.</summary>
/// <param name="Name">Name of the witness's key.</param>
/// <param name="At">When it signed, by its own clock.</param>
public sealed record CosignedBy(string Name, DateTimeOffset At);
