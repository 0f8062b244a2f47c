using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The stored tiles beside the walk: what they say of a leaf and of 256 of them, and whether they are what the tree makes.</summary>
internal sealed class TileCheck : IAsyncDisposable
{
    private const int Hashes = 1;
    private static readonly LedgerTable[] Tables = [LedgerTable.Tile0, LedgerTable.Tile1, LedgerTable.Tile2, LedgerTable.Tile3];
    private readonly LedgerCursor[] _levels;
    private readonly Findings _findings;
    private readonly long _size;
    private long _group;

    private TileCheck(LedgerCursor[] levels, long size, Findings findings) => (_levels, _size, _findings) = (levels, size, findings);

    /// <summary>Begins at the first tiles.</summary>
    public static async Task<TileCheck> StartAsync(ILedgerSnapshot snapshot, long size, Findings findings, CancellationToken cancellationToken)
    {
        var levels = new LedgerCursor[Tables.Length];
        for (var level = 0; level < levels.Length; level++)
        {
            levels[level] = await LedgerCursor.StartAsync(snapshot, Tables[level], long.MinValue, long.MaxValue, cancellationToken);
        }

        return new TileCheck(levels, size, findings);
    }

    /// <summary>Goes on to the tiles over 256 leaves.</summary>
    /// <param name="group">Index of the first of them, divided by 256.</param>
    public async ValueTask GroupAsync(long group)
    {
        _group = group;
        var n = group;
        for (var level = 0; level < _levels.Length; level++, n >>= 8)
        {
            while (_levels[level].Key < n)
            {
                Negative(level);
                await _levels[level].MoveAsync();
            }
        }
    }

    /// <summary>Rows so far, of all levels.</summary>
    public long Count => _levels.Sum(static l => l.Count);

    /// <summary>What the tile says of a leaf; null when it is not stored or cannot be one.</summary>
    public MerkleHash? Leaf(long index) => Hash(0, _group, (int)(index & 255));

    /// <summary>What the tile above says of these 256 leaves; null when it is not stored.</summary>
    public MerkleHash? Above() => Hash(1, _group >> 8, (int)(_group & 255));

    /// <summary>The root over these 256 leaves by the tiles alone; null when there are none.</summary>
    public MerkleHash? Root() => Above() ?? (Has(0, _group) ? TreeHasher.Complete(MerkleHash.Many(_levels[0].Bytes(Hashes))) : null);

    /// <summary>After 256 leaves: each tile that they fill must be stored, and above the first two levels be what the tree makes.</summary>
    public void Fill(TreeWalk stored, TreeWalk? sealed_)
    {
        var n = _group;
        for (var level = 0; level < _levels.Length; level++, n >>= 8)
        {
            if (!Has(level, n))
            {
                _findings.Add(
                    new VerifyProblem
                    {
                        Kind = _levels[level].Key == n ? VerifyProblemKind.TileChanged : VerifyProblemKind.TileMissing,
                        Sentence = string.Create(CultureInfo.InvariantCulture, $"{new Tile(level, n, Tile.FullWidth).Path} is not stored, or has the wrong length."),
                        Index = n << (8 * (level + 1)),
                        LastIndex = ((n + 1) << (8 * (level + 1))) - 1,
                    });
            }
            else if (level >= 2 && !_levels[level].Bytes(Hashes).SequenceEqual(TreeWalk.BytesOf(stored.Row(level)))
                && (sealed_ is null || !_levels[level].Bytes(Hashes).SequenceEqual(TreeWalk.BytesOf(sealed_.Row(level)))))
            {
                _findings.Add(new VerifyProblem
                {
                    Kind = VerifyProblemKind.TileChanged,
                    Sentence = string.Create(CultureInfo.InvariantCulture, $"{new Tile(level, n, Tile.FullWidth).Path} does not hold the hashes of the tree."),
                    Index = n << (8 * (level + 1)),
                    LastIndex = ((n + 1) << (8 * (level + 1))) - 1,
                });
            }

            if ((n & 255) != 255)
            {
                return;
            }
        }
    }

    /// <summary>What is left is for leaves that the log does not have.</summary>
    public async ValueTask EndAsync()
    {
        for (var level = 0; level < _levels.Length; level++)
        {
            var full = _size >> (8 * (level + 1));
            for (; _levels[level].HasRow; await _levels[level].MoveAsync())
            {
                if (_levels[level].Key >= full || _levels[level].Key < 0)
                {
                    Unexpected(level);
                }
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var level in _levels)
        {
            await level.DisposeAsync();
        }
    }

    private void Negative(int level)
    {
        if (_levels[level].Key < 0)
        {
            Unexpected(level);
        }
    }

    private void Unexpected(int level) => _findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.TileUnexpected,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"A tile of level {level} is stored with the number {_levels[level].Key}, for leaves that the log does not have."),
    });

    private bool Has(int level, long n) => _levels[level].Key == n && _levels[level].Bytes(Hashes).Length == Tile.FullWidth * MerkleHash.Size;

    private MerkleHash? Hash(int level, long n, int at) => Has(level, n) ? MerkleHash.Many(_levels[level].Bytes(Hashes))[at] : null;
}
