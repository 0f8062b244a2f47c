namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Who takes a bundle.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Name as shown.</param>
/// <param name="Event">Id of the event that records it; null where the store cannot be written.</param>
public sealed record EvidenceTaker(string Id, string? Name, string? Event);
