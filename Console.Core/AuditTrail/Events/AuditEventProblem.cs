namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>Why an event was refused.</summary>
/// <param name="Field">The field, as a path such as <c>actor.id</c>; empty when the event as a whole is meant.</param>
/// <param name="Message">A sentence: what is wrong, and the way out.</param>
public sealed record AuditEventProblem(string Field, string Message);
