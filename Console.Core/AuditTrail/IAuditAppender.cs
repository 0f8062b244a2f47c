namespace OpsConsole.Core.AuditTrail;

/// <summary>The store's side of appending: what the console's own acts and the HTTP API end in.</summary>
public interface IAuditAppender
{
    /// <summary>
    /// Appends events in one transaction. A duplicate or a conflict is that event's own result and does not stop the others;
    /// two events of one call with the same id are judged in their order.
    /// </summary>
    /// <param name="events">Events that were checked (<see cref="Events.AuditEventReader"/>), 1 to 1000.</param>
    /// <param name="via">Which way they came in.</param>
    /// <param name="appendedBy">Who appends: the token's name, or the console. Stands in clear in the leaf.</param>
    /// <param name="cancellationToken">Cancels before the commit, or not at all.</param>
    /// <returns>One result for each event, in their order; when the task ends they are durable.</returns>
    /// <exception cref="AuditUnavailableException">Nothing was recorded.</exception>
    Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken);
}
