namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>
/// The store as retention sees it. What removes anything names the decision, sealed, that allows it; PostgreSQL checks that once more.
/// All members throw <see cref="AuditUnavailableException"/> when the store cannot be reached or refuses.
/// </summary>
public interface IRetentionStore
{
    /// <summary>Actors with this id or pseudonym.</summary>
    Task<IReadOnlyList<ActorSummary>> ActorsAsync(string idOrRef, CancellationToken cancellationToken);

    /// <summary>How many leaves were sealed before a moment: the index of the first that was not.</summary>
    Task<long> SealedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken);

    /// <summary>The first leaf whose bytes are there; the size of the log when none is.</summary>
    Task<long> FirstKeptAsync(CancellationToken cancellationToken);

    /// <summary>True when an event of a workspace (all when empty) is sealed below an index.</summary>
    Task<bool> HasEventsBelowAsync(long index, string workspace, CancellationToken cancellationToken);

    /// <summary>True when an actor has a sealed event in a workspace (all when empty).</summary>
    Task<bool> HasEventsOfAsync(string actorRef, string workspace, CancellationToken cancellationToken);

    /// <summary>The index of the leaf with a number, once it is sealed and found by search; else null.</summary>
    Task<long?> IndexedAsync(long sequence, CancellationToken cancellationToken);

    /// <summary>The packed disclosures of a leaf; null when there are none.</summary>
    Task<string?> DisclosuresAsync(long index, CancellationToken cancellationToken);

    /// <summary>Number of the last decision that was carried out.</summary>
    Task<long> CarriedOutAsync(CancellationToken cancellationToken);

    /// <summary>Remembers that.</summary>
    Task CarriedOutAsync(long decision, CancellationToken cancellationToken);

    /// <summary>Takes fields of one event or of all events of an actor away: disclosures, words, the row of the actor, the salts of the receipts.</summary>
    /// <param name="decision">Number of the decision.</param>
    /// <param name="kind">Of an actor or of an event.</param>
    /// <param name="target">Pseudonym, or <c>workspace/id</c>.</param>
    /// <param name="fields">Which committed fields.</param>
    /// <param name="cancellationToken">Gives up between two transactions.</param>
    /// <returns>How many events.</returns>
    Task<long> EraseAsync(long decision, RetentionKind kind, string target, IReadOnlyList<string> fields, CancellationToken cancellationToken);

    /// <summary>Takes the bytes of all leaves below an index away.</summary>
    /// <returns>How many.</returns>
    Task<long> PruneAsync(long decision, long below, CancellationToken cancellationToken);
}
