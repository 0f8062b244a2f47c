namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>The answer to a question for one event.</summary>
/// <param name="Record">The event; null when the trail has none of this workspace and id.</param>
public sealed record FoundEvent(AuditRecord? Record);
