namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>That personal fields were erased, and who asked for it.</summary>
/// <param name="At">When it was decided and carried out.</param>
/// <param name="RequestedBy">Who asked: id.</param>
/// <param name="DecidedBy">Who approved: id.</param>
/// <param name="Workspace">Workspace of the decision's event.</param>
/// <param name="EventId">Id of the decision's event.</param>
public sealed record Erasure(DateTimeOffset At, string RequestedBy, string DecidedBy, string Workspace, string EventId);
