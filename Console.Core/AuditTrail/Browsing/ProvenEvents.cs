using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Waits for the seal and makes the proof, for whoever appended.</summary>
/// <param name="receipts">Waiting.</param>
/// <param name="log">What the proof is made of.</param>
public sealed class ProvenEvents(SealedReceipts receipts, ISealedLog log) : ISealedEvents
{
    /// <summary>Longer than anybody waits: callers end it.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async Task<SealedEvent> WaitAsync(long sequence, CancellationToken cancellationToken)
    {
        // What is sealed already is answered also when the time is over.
        var receipt = await receipts.FindAsync(sequence, CancellationToken.None)
            ?? await receipts.WaitAsync(sequence, AtMost, cancellationToken)
            ?? throw new OperationCanceledException(cancellationToken);
        try
        {
            var inclusion = await new TiledTree(log, receipt.Checkpoint.Size).InclusionAsync(receipt.Index, CancellationToken.None);
            return new SealedEvent(sequence, receipt.Index, new TlogProof(receipt.Index, inclusion.Path, receipt.Checkpoint.Signed).ToString());
        }
        catch (MissingTileException e)
        {
            throw new AuditUnavailableException($"The tree of the log cannot be read: {e.Message} Verify the audit trail.", e);
        }
    }
}
