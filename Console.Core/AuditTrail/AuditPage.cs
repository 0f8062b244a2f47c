namespace OpsConsole.Core.AuditTrail;

/// <summary>One page of events, newest first by order of sealing.</summary>
/// <param name="Records">The events.</param>
/// <param name="Next">What to ask for next; null at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditRecord> Records, AuditCursor? Next);
