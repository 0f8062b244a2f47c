namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>A revision as Cloud Run lists it.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Creator">Who made it; empty where the API does not say.</param>
public sealed record CloudRevision(string Name, DateTimeOffset Created, string Creator);
