using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>
/// The sealed log, read only: tiles (partial ones are made from what lies below), leaves and checkpoints. Nothing here is secret but what the leaves
/// say in clear, and nothing is verified: proofs made from it are only as good as the signed root they are checked against.
/// All members throw <see cref="AuditUnavailableException"/> when the store cannot be reached.
/// </summary>
public interface ISealedLog : ITileReader
{
    /// <summary>The newest checkpoint with the cosignatures that it has so far; null before the first.</summary>
    Task<StoredCheckpoint?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>The checkpoint that was the newest at a moment, by the time of its signing; null when none was.</summary>
    Task<StoredCheckpoint?> LatestAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The newest checkpoint that a witness cosigned; null when none did.</summary>
    Task<StoredCheckpoint?> LatestCosignedAsync(CancellationToken cancellationToken);

    /// <summary>The first checkpoint that covers a leaf; null when none does yet.</summary>
    Task<StoredCheckpoint?> FirstCoveringAsync(long index, CancellationToken cancellationToken);

    /// <summary>Checkpoints above a size, the smallest first.</summary>
    Task<IReadOnlyList<StoredCheckpoint>> CheckpointsAsync(long above, int most, CancellationToken cancellationToken);

    /// <summary>Where an event was sealed; null when it is not.</summary>
    Task<long?> IndexOfAsync(long sequence, CancellationToken cancellationToken);

    /// <summary>Where events were sealed, by number; those that are not are left out. At most a few thousand at a time.</summary>
    Task<IReadOnlyDictionary<long, long>> IndexesOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>The bytes of leaves in order, from an index to before another; pruned ones are left out.</summary>
    IAsyncEnumerable<StoredLeaf> LeavesAsync(long from, long end, CancellationToken cancellationToken);

    /// <summary>The largest checkpoint that an anchor has; 0 when it has none.</summary>
    Task<long> AnchoredAsync(string anchor, CancellationToken cancellationToken);
}
