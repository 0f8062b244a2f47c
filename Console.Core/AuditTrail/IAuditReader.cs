namespace OpsConsole.Core.AuditTrail;

/// <summary>
/// Reading of the audit trail. Whatever discloses events takes the event that records the reading, and commits it in the same
/// transaction, before a row is given out: no record, no rows.
/// </summary>
public interface IAuditReader
{
    /// <summary>One page of events, newest first. Events that are not sealed yet come first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="after">Where to go on; null for the first page.</param>
    /// <param name="count">At most so many, 1 to 1000.</param>
    /// <param name="access">Who reads and why, recorded with it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AuditUnavailableException">The store cannot be reached, or did not take the record.</exception>
    Task<AuditPage> SearchAsync(AuditQuery query, AuditCursor? after, int count, AuditEvent access, CancellationToken cancellationToken);

    /// <summary>One event by workspace and id; null when there is none.</summary>
    Task<AuditRecord?> FindAsync(string workspace, string id, AuditEvent access, CancellationToken cancellationToken);

    /// <summary>All events of a query in order of sealing, streamed (exports). The access is recorded before the first.</summary>
    IAsyncEnumerable<AuditRecord> StreamAsync(AuditQuery query, AuditEvent access, CancellationToken cancellationToken);

    /// <summary>The commonest values of the fields that can be filtered by, for the events of a query. Sampled on large logs.</summary>
    Task<IReadOnlyList<AuditFacet>> FacetsAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>How many events a query has, estimated on large logs.</summary>
    Task<AuditCount> CountAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// The console's own bookkeeping (intents without outcome, history of a service): a read that shows nothing to a person and is not recorded itself.
    /// A page that shows its result to people uses <see cref="SearchAsync"/>, or shows only what its viewer may see anyway.
    /// </summary>
    IAsyncEnumerable<AuditRecord> OwnActsAsync(AuditQuery query, CancellationToken cancellationToken);
}
