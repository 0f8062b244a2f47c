namespace OpsConsole.Core.AuditTrail;

/// <summary>Where events are committed: the console's database.</summary>
public interface IAuditStore
{
    /// <summary>
    /// Commits events in one transaction: all that are new, or none when this throws. An event whose id is known is answered with the first receipt
    /// and changes nothing.
    /// </summary>
    /// <param name="events">At most 1,000; checked (<see cref="Events.AuditEventReader"/>).</param>
    /// <param name="via">Which way they came in.</param>
    /// <param name="appendedBy">Who appends: a token's name, or <c>console</c>. At most 128 characters.</param>
    /// <param name="cancellationToken">Cancels before the commit begins, or not at all.</param>
    /// <returns>One result for each event, in the same order.</returns>
    /// <exception cref="ArgumentException">An event is none; the message says why.</exception>
    /// <exception cref="AuditUnavailableException">The store cannot be reached, is full, or takes too long. The events may have been committed
    /// if the connection broke at the end: send them again, they are recorded once.</exception>
    Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken);
}
