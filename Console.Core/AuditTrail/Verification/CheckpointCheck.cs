using System.Globalization;
using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Checks each kept checkpoint when the tree has its size: note, signature, root, cosignatures; and what anchors and witnesses say of the same
/// size. All roots come from one walk over the leaves, so checkpoints that pass are consistent with each other.
/// </summary>
internal sealed class CheckpointCheck : IAsyncDisposable
{
    private const int Number = 0;
    private const int Root = 1;
    private const int Note = 2;
    private const int SignedAt = 3;
    private readonly LedgerCursor _checkpoints;
    private readonly LedgerCursor _cosignatures;
    private readonly VerifyTrust _trust;
    private readonly Findings _findings;
    private readonly TreeDoubts _doubts;
    private readonly IReadOnlyList<OutsideRoot> _outside;
    private int _nextOutside;
    private long _wrongRoots;
    private bool _rootReported;

    private CheckpointCheck(LedgerCursor checkpoints, LedgerCursor cosignatures, VerifyTrust trust, Findings findings, TreeDoubts doubts, IReadOnlyList<OutsideRoot> outside)
    {
        (_checkpoints, _cosignatures, _trust, _findings, _doubts, _outside) = (checkpoints, cosignatures, trust, findings, doubts, outside);
        Next = NextSize();
    }

    /// <summary>The next size at which <see cref="AtAsync"/> wants to look.</summary>
    public long Next { get; private set; }

    /// <summary>Checkpoints checked.</summary>
    public long Count { get; private set; }

    /// <summary>Cosignatures checked.</summary>
    public long Cosignatures { get; private set; }

    /// <summary>Size of the last checkpoint that is not certainly wrong, whatever its root.</summary>
    public long LastSize { get; private set; }

    /// <summary>When the last checkpoint was signed, by its witness where there is one, in microseconds; 0 before the first.</summary>
    public long LastTime { get; private set; }

    /// <summary>Root of the last good one.</summary>
    public MerkleHash? LastGoodRoot { get; private set; }

    /// <summary>Begins at a size.</summary>
    public static async Task<CheckpointCheck> StartAsync(
        ILedgerSnapshot snapshot, long from, VerifyTrust trust, Findings findings, TreeDoubts doubts, IReadOnlyList<OutsideRoot> outside, CancellationToken cancellationToken) => new(
        await LedgerCursor.StartAsync(snapshot, LedgerTable.Checkpoint, from, long.MaxValue, cancellationToken),
        await LedgerCursor.StartAsync(snapshot, LedgerTable.Cosignature, from, long.MaxValue, cancellationToken),
        trust,
        findings,
        doubts,
        [.. outside.Where(o => o.Size >= from).OrderBy(static o => o.Size)]);

    /// <summary>Goes over the checkpoints below a size without checking their roots, which only the leaves there could give.</summary>
    public async ValueTask SkipAsync(long below)
    {
        while (_checkpoints.Key < below)
        {
            await _checkpoints.MoveAsync();
        }

        while (_cosignatures.Key < below)
        {
            await _cosignatures.MoveAsync();
        }

        while (_nextOutside < _outside.Count && _outside[_nextOutside].Size < below)
        {
            _nextOutside++;
        }

        Next = NextSize();
    }

    /// <summary>Checks what there is for the walk's size.</summary>
    /// <param name="stored">The tree over the stored bytes.</param>
    /// <param name="sealed_">The tree over the hashes of tiles and rows where they say something else; null where nothing does.</param>
    public async ValueTask AtAsync(TreeWalk stored, TreeWalk? sealed_)
    {
        var size = stored.Size;
        var root = stored.Root();
        var isKept = false;
        while (_checkpoints.Key == size)
        {
            isKept = true;
            await CheckAsync(size, root, sealed_?.Root());
            await _checkpoints.MoveAsync();
        }

        await StrayCosignaturesAsync(size);
        for (; _nextOutside < _outside.Count && _outside[_nextOutside].Size == size; _nextOutside++)
        {
            Compare(_outside[_nextOutside], root, isKept);
        }

        Next = NextSize();
    }

    /// <summary>What is left is for sizes that the log does not have.</summary>
    public async ValueTask EndAsync(long size)
    {
        if (_checkpoints.HasRow)
        {
            var first = _checkpoints.Key;
            var last = first;
            for (; _checkpoints.HasRow; await _checkpoints.MoveAsync())
            {
                last = _checkpoints.Key;
            }

            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.TailCut,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"A checkpoint over {last} leaves was signed, and the log has {size}: its tail of {last - size} leaves was cut off."),
                Index = size,
                LastIndex = last - 1,
                Expected = last.ToString(CultureInfo.InvariantCulture),
                Found = size.ToString(CultureInfo.InvariantCulture),
            });
            LastSize = Math.Max(LastSize, last);
        }

        await StrayCosignaturesAsync(long.MaxValue);
        foreach (var larger in _outside.Skip(_nextOutside).GroupBy(static o => o.Where, StringComparer.Ordinal).Select(static g => g.Last()))
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.RolledBack,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"{larger.Where} has seen {larger.Size} leaves, and the log has {size}: the database was rolled back, or its tail was cut off."),
                Index = size,
                LastIndex = larger.Size - 1,
                Expected = larger.Size.ToString(CultureInfo.InvariantCulture),
                Found = size.ToString(CultureInfo.InvariantCulture),
            });
        }

        if (_wrongRoots > 1)
        {
            _findings.Note(string.Create(CultureInfo.InvariantCulture, $"{_wrongRoots} checkpoints have another root than the leaves: the first wrong place makes all that follow it wrong."));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _checkpoints.DisposeAsync();
        await _cosignatures.DisposeAsync();
    }

    private long NextSize() => Math.Min(
        Math.Min(_checkpoints.Key, _cosignatures.Key), _nextOutside < _outside.Count ? _outside[_nextOutside].Size : long.MaxValue);

    private async ValueTask CheckAsync(long size, MerkleHash root, MerkleHash? sealedRoot)
    {
        Count++;
        LastTime = _checkpoints.Number(SignedAt);
        if (!SignedCheckpoint.TryParse(_checkpoints.Bytes(Note), out var signed, out var problem))
        {
            Wrong(VerifyProblemKind.CheckpointChanged, size, $"cannot be read: {problem}");
            return;
        }

        var checkpoint = signed.Checkpoint;
        if (checkpoint.Size != size || !_checkpoints.Bytes(Root).SequenceEqual(checkpoint.Root.Bytes))
        {
            Wrong(VerifyProblemKind.CheckpointChanged, size, "was changed: its columns say something else than its note.");
            return;
        }

        if (_trust.LogKeys.Count > 0)
        {
            if (signed.Verify(_trust.LogKeys) is NoteVerification.Refused refused)
            {
                Wrong(VerifyProblemKind.CheckpointSignature, size, $"is not signed as it should be: {refused.Reason}");
                return;
            }

            // Signatures of keys that nobody knows count for nothing, and have no business here.
            if (signed.Note.Signatures.Any(s => !_trust.LogKeys.Any(s.Claims)))
            {
                _findings.Note(string.Create(CultureInfo.InvariantCulture, $"The checkpoint of size {size} has a signature of an unknown key besides the good one."));
            }
        }

        LastSize = size;
        await CosignaturesAsync(size, signed);
        Judge(size, checkpoint.Root, root, sealedRoot);
    }

    private void Judge(long size, MerkleHash signed, MerkleHash root, MerkleHash? sealedRoot)
    {
        if (root == signed)
        {
            _doubts.BytesAreRight();
            (_findings.LastGood, LastGoodRoot) = (size, signed);
            return;
        }

        _wrongRoots++;
        if (_doubts.Any)
        {
            _rootReported = true;
            _doubts.BytesAreWrong(size, isProved: sealedRoot == signed);
        }
        else if (!_rootReported && sealedRoot != signed)
        {
            _rootReported = true;
            var good = _findings.LastGood ?? 0;
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.RootDiffers,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"The leaves do not have the root that the checkpoint of size {size} signs. Events at indices {good} to {size - 1} were changed, and hashes and tiles rewritten to match."),
                Index = good,
                LastIndex = size - 1,
                Expected = signed.ToHex(),
                Found = root.ToHex(),
            });
        }
    }

    private async ValueTask CosignaturesAsync(long size, SignedCheckpoint signed)
    {
        await StrayCosignaturesAsync(size - 1);
        for (; _cosignatures.Key == size; await _cosignatures.MoveAsync())
        {
            var name = _cosignatures.Text(1)!;
            var line = _cosignatures.Text(2)!;
            if (!NoteSignature.TryParse(line.TrimEnd('\n'), out var signature))
            {
                WrongCosignature(size, name, "cannot be read.");
                continue;
            }

            var keys = _trust.Witnesses.Select(static w => w.Key).Where(signature.Claims).ToList();
            if (keys.Count == 0)
            {
                if (_trust.Witnesses.Any(w => w.Key.Name == name || w.Name == name))
                {
                    WrongCosignature(size, name, "is not by that witness's key.");
                }
                else
                {
                    _findings.Note($"Cosignatures of {name} were not verified: its key is not in the witness policy.");
                }

                continue;
            }

            Cosignatures++;
            switch ((signed.Note with { Signatures = [signature] }).Verify(keys))
            {
                case NoteVerification.Verified { By: [{ Time: { } at }, ..] }:
                    var stored = _cosignatures.Number(3);
                    var witnessed = (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
                    if (stored / 1_000_000 != witnessed / 1_000_000)
                    {
                        WrongCosignature(size, name, "stands in the database with another time than the witness signed.");
                    }

                    if (signature.Name != name)
                    {
                        WrongCosignature(size, name, $"is one of {signature.Name}.");
                    }

                    LastTime = witnessed;
                    break;
                case NoteVerification.Refused refused:
                    WrongCosignature(size, name, $"is wrong: {refused.Reason}");
                    break;
                default:
                    WrongCosignature(size, name, "is by a key that does not cosign.");
                    break;
            }
        }
    }

    // Those of sizes that have no checkpoint.
    private async ValueTask StrayCosignaturesAsync(long upTo)
    {
        for (; _cosignatures.HasRow && _cosignatures.Key <= upTo; await _cosignatures.MoveAsync())
        {
            WrongCosignature(_cosignatures.Key, _cosignatures.Text(1)!, "belongs to no checkpoint that is stored and readable.");
        }
    }

    private void Compare(OutsideRoot outside, MerkleHash root, bool isKept)
    {
        if (outside.Root != root)
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.Fork,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"{outside.Where} has another root for the first {outside.Size} leaves than this database: one of the two tells another history."),
                Index = _findings.LastGood is { } good && good < outside.Size ? good : 0,
                LastIndex = outside.Size - 1,
                Expected = outside.Root.ToHex(),
                Found = root.ToHex(),
            });
        }
        else if (!isKept)
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.CheckpointMissing,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"{outside.Where} holds a checkpoint of size {outside.Size} that the database lacks. The leaves agree with it."),
                Index = outside.Size == 0 ? null : outside.Size - 1,
                Expected = outside.Root.ToHex(),
            });
        }
    }

    private void Wrong(VerifyProblemKind kind, long size, string what) => _findings.Add(new VerifyProblem
    {
        Kind = kind,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The checkpoint of size {size} {what}"),
        Index = size == 0 ? null : size - 1,
        Found = Encoding.UTF8.GetString(_checkpoints.Bytes(Note)),
    });

    private void WrongCosignature(long size, string name, string what) => _findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.CosignatureChanged,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The cosignature of {name} on the checkpoint of size {size} {what}"),
        Index = size == 0 ? null : size - 1,
    });
}
