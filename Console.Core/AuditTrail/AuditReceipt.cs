namespace OpsConsole.Core.AuditTrail;

/// <summary>The store's word that an event is committed.</summary>
/// <param name="Workspace">Workspace of the event.</param>
/// <param name="Id">Id of the event.</param>
/// <param name="Sequence">Number in order of arrival; not the index in the log, which is given at sealing.</param>
/// <param name="RecordedAt">When it was recorded, by the store's clock, in microseconds UTC.</param>
public sealed record AuditReceipt(string Workspace, string Id, long Sequence, DateTimeOffset RecordedAt);
