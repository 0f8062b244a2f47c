using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Puts the proof of one leaf together from what is stored.</summary>
public sealed class LeafProofs(ISealedLog log)
{
    /// <summary>The proof of a leaf, to the newest checkpoint that covers it: a cosigned one before one without. Null when the log has no such leaf.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached, or lacks a tile.</exception>
    public async Task<LeafProof?> OfAsync(long index, CancellationToken cancellationToken)
    {
        if (index < 0)
        {
            return null;
        }

        var bytes = await BytesAsync(index, cancellationToken);
        if (await CoveringAsync(index, cancellationToken) is not { } checkpoint)
        {
            return bytes is null ? null : Of(index, TreeHasher.Leaf(bytes), bytes);
        }

        try
        {
            var tree = new TiledTree(log, checkpoint.Size);
            return Of(index, await tree.LeafHashAsync(index, cancellationToken), bytes) with
            {
                Checkpoint = checkpoint,
                Cosigned = [.. Cosignatures(checkpoint.Signed)],
                Inclusion = await tree.InclusionAsync(index, cancellationToken),
            };
        }
        catch (MissingTileException e)
        {
            throw new AuditUnavailableException($"The tree of the log cannot be read: {e.Message} Verify the audit trail.", e);
        }
    }

    private static LeafProof Of(long index, MerkleHash hash, byte[]? bytes) => new()
    {
        Index = index,
        Hash = hash,
        Bytes = bytes,
        Leaf = bytes is not null && LeafReader.TryRead(bytes, out var leaf, out _) ? leaf : null,
    };

    // Other lines than the log's own that have the form of a cosignature: they tell their time.
    private static IEnumerable<CosignedBy> Cosignatures(SignedCheckpoint signed)
    {
        foreach (var line in signed.Note.Signatures.Where(s => s.Name != signed.Checkpoint.Origin))
        {
            if (Cosignature.TryTake(line.Signature.Span, out var seconds, out _))
            {
                yield return new CosignedBy(line.Name, DateTimeOffset.FromUnixTimeSeconds(seconds));
            }
        }
    }

    private async Task<StoredCheckpoint?> CoveringAsync(long index, CancellationToken cancellationToken) =>
        await log.LatestCosignedAsync(cancellationToken) is { } cosigned && cosigned.Size > index ? cosigned
        : await log.LatestAsync(cancellationToken) is { } latest && latest.Size > index ? latest
        : null;

    private async Task<byte[]?> BytesAsync(long index, CancellationToken cancellationToken)
    {
        await foreach (var leaf in log.LeavesAsync(index, index + 1, cancellationToken))
        {
            return leaf.Bytes;
        }

        return null;
    }
}
