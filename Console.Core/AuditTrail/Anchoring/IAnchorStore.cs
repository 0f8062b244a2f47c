using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>
/// What the database remembers of anchors and witnesses. An aid and a record, not a proof.
/// All members throw <see cref="AuditUnavailableException"/> when the store cannot be reached.
/// </summary>
public interface IAnchorStore
{
    /// <summary>The newest checkpoint as the log signed it, without cosignatures; null before the first.</summary>
    Task<StoredCheckpoint?> LatestAsync(CancellationToken cancellationToken);

    /// <summary>Checkpoints above a size as the log signed them, the smallest first.</summary>
    Task<IReadOnlyList<StoredCheckpoint>> AboveAsync(long size, int most, CancellationToken cancellationToken);

    /// <summary>How many checkpoints lie above a size, and when the first of them was signed.</summary>
    Task<(long Count, DateTimeOffset? Oldest)> LagAsync(long size, CancellationToken cancellationToken);

    /// <summary>The largest size that an anchor has, and since when; null when it has none.</summary>
    Task<(long Size, DateTimeOffset At)?> AnchoredAsync(string anchor, CancellationToken cancellationToken);

    /// <summary>Remembers that an anchor has checkpoints of these sizes.</summary>
    Task RecordAnchoredAsync(string anchor, IReadOnlyList<long> sizes, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The largest size that a witness cosigned, and when by its clock; null when it has none.</summary>
    Task<(long Size, DateTimeOffset At)?> CosignedAsync(string witness, CancellationToken cancellationToken);

    /// <summary>Keeps a cosignature.</summary>
    /// <param name="size">Of the checkpoint.</param>
    /// <param name="cosignature">The witness's line.</param>
    /// <param name="at">When it signed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RecordCosignatureAsync(long size, NoteSignature cosignature, DateTimeOffset at, CancellationToken cancellationToken);
}
