using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>
/// What the sealer does with the store while it holds the sealer's place. Each writing is one transaction, durable when its task ends; after a crash
/// between any two of them the next session finds by looking what is still to be done.
/// All members throw <see cref="AuditUnavailableException"/> when the store cannot be reached; the session is then of no more use.
/// </summary>
public interface ISealSession : IAsyncDisposable
{
    /// <summary>What is sealed so far.</summary>
    Task<SealState> LoadAsync(CancellationToken cancellationToken);

    /// <summary>The oldest events that wait, by number.</summary>
    Task<InboxPage> ReadInboxAsync(int most, CancellationToken cancellationToken);

    /// <summary>Those behind a number. Unlike the other members it may be used while one of them is at work: it reads only, and needs no place.</summary>
    Task<InboxPage> ReadAheadAsync(long after, int most, CancellationToken cancellationToken);

    /// <summary>How many events wait.</summary>
    Task<InboxBacklog> BacklogAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Numbers that were given out and will never be committed: their transactions have ended, and neither inbox nor log has them. Null when
    /// nothing above <paramref name="settled"/> can be judged yet.
    /// </summary>
    /// <param name="settled">Every number up to here is sealed or void.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<SettledNumbers?> SettleAsync(long settled, CancellationToken cancellationToken);

    /// <summary>Pseudonyms of those of these actors that have one.</summary>
    Task<IReadOnlyDictionary<ActorKey, string>> ActorRefsAsync(IReadOnlyCollection<ActorKey> actors, CancellationToken cancellationToken);

    /// <summary>Adds leaves to the log and takes their events from the inbox, in one transaction.</summary>
    Task SealAsync(SealBatch batch, CancellationToken cancellationToken);

    /// <summary>Keeps a signed checkpoint. The leaves that it covers are durable.</summary>
    Task SaveAsync(SignedCheckpoint checkpoint, DateTimeOffset signedAt, CancellationToken cancellationToken);

    /// <summary>Brings some more leaves into the search index, in one small transaction.</summary>
    /// <param name="most">Leaves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many were taken; less than asked when all are indexed.</returns>
    Task<int> IndexAsync(int most, CancellationToken cancellationToken);

    /// <summary>Forgets actors whose last event was pruned.</summary>
    Task ForgetActorsAsync(CancellationToken cancellationToken);
}
