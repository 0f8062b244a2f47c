namespace OpsConsole.Core.AuditTrail;

/// <summary>
/// Where the console's own acts are recorded. Fail closed: record the intent first, and when that throws do not act.
/// </summary>
public interface IAuditTrail
{
    /// <summary>Records one event in a transaction of its own; it is durable when the task ends.</summary>
    /// <param name="auditEvent">What is to be done, or was done.</param>
    /// <param name="cancellationToken">Cancels before the commit, or not at all.</param>
    /// <exception cref="AuditUnavailableException">It could not be recorded: do not act.</exception>
    Task<AuditReceipt> RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken);
}
