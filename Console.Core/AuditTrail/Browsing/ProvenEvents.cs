using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Waits for the seal and makes the proofs, for whoever appended.</summary>
/// <param name="receipts">Waiting.</param>
/// <param name="log">What the proofs are made of.</param>
public sealed class ProvenEvents(SealedReceipts receipts, ISealedLog log) : ISealedEvents
{
    /// <summary>Longer than anybody waits: callers end it.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<long, SealedEvent>> WaitAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Also when the time is over: what is sealed already is answered.
            var indexes = await log.IndexesOfAsync(sequences, CancellationToken.None);
            var checkpoint = await log.LatestAsync(CancellationToken.None);
            var covered = indexes.Where(i => i.Value < (checkpoint?.Size ?? 0)).ToList();
            if (covered.Count == sequences.Count || cancellationToken.IsCancellationRequested)
            {
                return covered.Count == 0 ? new Dictionary<long, SealedEvent>() : await ProveAsync(covered, checkpoint!);
            }

            var known = covered.Select(static i => i.Key).ToHashSet();
            try
            {
                await receipts.WaitAsync(sequences.Where(s => !known.Contains(s)).Max(), AtMost, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // One look more, and then the answer.
            }
        }
    }

    private async Task<IReadOnlyDictionary<long, SealedEvent>> ProveAsync(List<KeyValuePair<long, long>> covered, StoredCheckpoint checkpoint)
    {
        // Neighbours share most of their way to the root: each tile is read once.
        var tree = new TiledTree(new KeptTiles(log), checkpoint.Size);
        var proven = new Dictionary<long, SealedEvent>(covered.Count);
        try
        {
            foreach (var (sequence, index) in covered)
            {
                var inclusion = await tree.InclusionAsync(index, CancellationToken.None);
                proven[sequence] = new SealedEvent(sequence, index, new TlogProof(index, inclusion.Path, checkpoint.Signed).ToString());
            }
        }
        catch (MissingTileException e)
        {
            throw new AuditUnavailableException($"The tree of the log cannot be read: {e.Message} Verify the audit trail.", e);
        }

        return proven;
    }

    private sealed class KeptTiles(ITileReader tiles) : ITileReader
    {
        private readonly Dictionary<Tile, ReadOnlyMemory<byte>> _kept = [];

        public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<Tile> wanted, CancellationToken cancellationToken)
        {
            var missing = wanted.Where(tile => !_kept.ContainsKey(tile)).Distinct().ToList();
            var read = missing.Count == 0 ? [] : await tiles.ReadAsync(missing, cancellationToken);
            for (var i = 0; i < missing.Count; i++)
            {
                _kept[missing[i]] = read[i];
            }

            return [.. wanted.Select(tile => _kept[tile])];
        }
    }
}
