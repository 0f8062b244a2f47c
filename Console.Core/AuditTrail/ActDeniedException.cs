namespace OpsConsole.Core.AuditTrail;

/// <summary>
/// The actor may not do this, or not there. A kind of <see cref="AuditUnavailableException"/> because it means the same to whoever is about to act:
/// do not; the message says why.
/// </summary>
public sealed class ActDeniedException(string message) : AuditUnavailableException(message);
