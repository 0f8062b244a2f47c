using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Doubts that wait for the next signed checkpoint, and what they turn out to be.</summary>
internal sealed class TreeDoubts(Findings findings)
{
    private const int MaxKept = 10_000;
    private readonly List<TreeDoubt> _open = [];

    /// <summary>True while something waits.</summary>
    public bool Any => _open.Count > 0;

    /// <summary>Adds one.</summary>
    public void Add(TreeDoubt doubt)
    {
        if (_open.Count < MaxKept)
        {
            _open.Add(doubt);
        }
    }

    /// <summary>The root over the stored bytes is the signed one: hashes and tiles that differ were changed, the events were not.</summary>
    public void BytesAreRight()
    {
        foreach (var doubt in _open)
        {
            if (doubt.Row is { } row && row != doubt.Bytes && doubt.Bytes is not null)
            {
                findings.Add(Problem(VerifyProblemKind.LeafHashChanged, doubt, doubt.Bytes, row,
                    $"The stored hash of leaf {Place(doubt)} was changed. The event itself is as it was sealed."));
            }
            else if (doubt.Row is null && doubt.Index == doubt.LastIndex)
            {
                findings.Add(Problem(VerifyProblemKind.LeafHashChanged, doubt, doubt.Bytes ?? doubt.Tile, null, $"The stored hash of leaf {Place(doubt)} is gone. The event itself is as it was sealed."));
            }

            if (doubt.Tile is { } tile && tile != (doubt.Bytes ?? doubt.Row))
            {
                findings.Add(Problem(VerifyProblemKind.TileChanged, doubt, doubt.Bytes ?? doubt.Row, tile,
                    $"The tile over leaf {Place(doubt)} was changed. The events are as they were sealed."));
            }
        }

        _open.Clear();
    }

    /// <summary>The events are not as they were sealed.</summary>
    /// <param name="size">The checkpoint.</param>
    /// <param name="isProved">True when the root over the hashes that tiles and rows hold is the signed one: then they are what was sealed.</param>
    public void BytesAreWrong(long? size, bool isProved)
    {
        var places = new Dictionary<MerkleHash, TreeDoubt>();
        foreach (var doubt in _open)
        {
            if (Sealed(doubt) is { } hash)
            {
                places.TryAdd(hash, doubt);
            }
        }

        var proof = isProved && size is { } signed
            ? string.Create(CultureInfo.InvariantCulture, $" The signed checkpoint of size {signed} proves what was sealed.")
            : size is null ? " No checkpoint covers it yet, so the hashes beside it say so alone." : " Its hashes were changed too, so what was sealed is not certain.";
        foreach (var doubt in _open)
        {
            if (doubt.Bytes is null)
            {
                // Its bytes are gone or pruned, which is told elsewhere: here the row differs from the tile.
                findings.Add(Problem(VerifyProblemKind.LeafHashChanged, doubt, doubt.Tile, doubt.Row, $"The stored hash of leaf {Place(doubt)} was changed.{proof}"));
            }
            else if (doubt.Bytes is { } bytes && places.TryGetValue(bytes, out var other) && other.Index != doubt.Index
                && other.Bytes is { } others && Sealed(doubt) == others)
            {
                findings.Add(Problem(VerifyProblemKind.EventsSwapped, doubt, Sealed(doubt), bytes,
                    string.Create(CultureInfo.InvariantCulture, $"The event at index {doubt.Index} is the one that was sealed at index {other.Index}, and the other way round.")));
            }
            else if (doubt.Index == doubt.LastIndex)
            {
                findings.Add(Problem(VerifyProblemKind.EventChanged, doubt, Sealed(doubt), doubt.Bytes, $"The event at index {Place(doubt)} was changed after it was sealed.{proof}"));
            }
            else
            {
                findings.Add(Problem(VerifyProblemKind.EventChanged, doubt, doubt.Tile, doubt.Bytes,
                    $"One of the events at indices {Place(doubt)} was changed, together with its hash and its tile; the tile above still has what was sealed.{proof}"));
            }
        }

        _open.Clear();
    }

    private static MerkleHash? Sealed(TreeDoubt doubt) => doubt.Tile ?? (doubt.Row != doubt.Bytes ? doubt.Row : null);

    private static string Place(TreeDoubt doubt) => doubt.Index == doubt.LastIndex
        ? doubt.Index.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{doubt.Index} to {doubt.LastIndex}");

    private static VerifyProblem Problem(VerifyProblemKind kind, TreeDoubt doubt, MerkleHash? expected, MerkleHash? found, string sentence) => new()
    {
        Kind = kind,
        Sentence = sentence,
        Index = doubt.Index,
        LastIndex = doubt.LastIndex == doubt.Index ? null : doubt.LastIndex,
        Workspace = doubt.Workspace,
        EventId = doubt.EventId,
        Expected = expected?.ToHex(),
        Found = found?.ToHex(),
        LastGoodCheckpoint = doubt.LastGood,
    };
}
