namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>One state of the audit trail's tables. Several tables may be read at the same time.</summary>
public interface ILedgerSnapshot : IAsyncDisposable
{
    /// <summary>Reads a table's rows in the order of the first column, in batches. Actors have a text for a key: all of them are read.</summary>
    /// <param name="table">Which.</param>
    /// <param name="from">First key.</param>
    /// <param name="to">Key behind the last.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AuditUnavailableException">The database failed.</exception>
    IAsyncEnumerable<LedgerRows> ReadAsync(LedgerTable table, long from, long to, CancellationToken cancellationToken);

    /// <summary>The largest key of a table with a number for a key; null when the table is empty.</summary>
    Task<long?> LastAsync(LedgerTable table, CancellationToken cancellationToken);

    /// <summary>Rows of a table, also those that no key leads to; for a level of tiles those of all levels.</summary>
    Task<long> CountAsync(LedgerTable table, CancellationToken cancellationToken);

    /// <summary>The last number of arrival that was given out; 0 before the first.</summary>
    Task<long> LastNumberAsync(CancellationToken cancellationToken);

    /// <summary>True where numbers roll back with their transaction, so that there is no gap which nobody made.</summary>
    bool NumbersRollBack { get; }

    /// <summary>Indices of the leaves that were sealed in a time: first, and behind the last. Both are the same when there are none.</summary>
    /// <param name="from">Inclusive; null for the beginning.</param>
    /// <param name="to">Exclusive; null for the end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<(long From, long To)> SealedAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken);

    /// <summary>
    /// Where the leaves with an action are, oldest first, by the search index: erasures and prunings explain what is missing elsewhere. The
    /// leaves themselves are verified like all others, so a made-up row here explains nothing.
    /// </summary>
    IAsyncEnumerable<LedgerRows> WithActionAsync(string action, CancellationToken cancellationToken);

    /// <summary>Whether what finds words leads to all of them: null where it does, or where the words are not kept apart; else what the database says of it.</summary>
    Task<string?> WhyWordsAreNotFoundAsync(CancellationToken cancellationToken);

    /// <summary>Why looking an event up by a column may miss it although its row is there: an index that is not that of its table. Null when all is well, or nobody can tell.</summary>
    Task<string?> WhyRowsAreNotFoundAsync(CancellationToken cancellationToken);

    /// <summary>
    /// What the database should refuse changes by, and does not: its triggers that are gone, off, or do something else. Empty when it is guarded.
    /// Nothing that is verified rests on them, but somebody took them away.
    /// </summary>
    Task<IReadOnlyList<string>> MissingGuardsAsync(CancellationToken cancellationToken);
}
