using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Tiles that were read once are not read again: the proofs of neighbouring leaves need the same ones.</summary>
internal sealed class CachedTiles(ITileReader inner) : ITileReader
{
    private const int Most = 2_048;
    private readonly Dictionary<Tile, ReadOnlyMemory<byte>> _known = [];

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<Tile> tiles, CancellationToken cancellationToken)
    {
        var missing = tiles.Where(t => !_known.ContainsKey(t)).ToList();
        if (_known.Count + missing.Count > Most)
        {
            _known.Clear();
            missing = [.. tiles];
        }

        if (missing.Count > 0)
        {
            var read = await inner.ReadAsync(missing, cancellationToken);
            for (var i = 0; i < missing.Count; i++)
            {
                _known[missing[i]] = i < read.Count ? read[i] : default;
            }
        }

        return [.. tiles.Select(t => _known[t])];
    }
}
