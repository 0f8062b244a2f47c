namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What Google's system says in its audit log (system_event): of no account, in its own words.</summary>
/// <param name="At">When.</param>
/// <param name="Revision">Short name of the revision; empty where it speaks of the service.</param>
/// <param name="Text"><c>Ready condition status changed to True for Revision x-00008-6t4 with message: Deploying revision succeeded in 8.87s.</c></param>
/// <param name="Failed">It tells of a failure.</param>
/// <param name="InsertId">Of its entry.</param>
public sealed record GoogleSystemEvent(DateTimeOffset At, string Revision, string Text, bool Failed, string InsertId);
