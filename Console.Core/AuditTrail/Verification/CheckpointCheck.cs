using System.Globalization;
using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Checks each kept checkpoint when the tree has its size: note, signature, root, cosignatures; and what anchors and witnesses say of the same
/// size. All roots come from one walk over the leaves, so checkpoints that pass are consistent with each other.
/// </summary>
internal sealed partial class CheckpointCheck : IAsyncDisposable
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
    private readonly HashSet<(long Size, string Name)> _cosigned = [];
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

    /// <summary>Rows of checkpoints so far.</summary>
    public long RowCount => _checkpoints.Count;

    /// <summary>Rows of cosignatures so far.</summary>
    public long CosignatureRows => _cosignatures.Count;

    /// <summary>When the last checkpoint was signed, as the database says; 0 before the first.</summary>
    public long LastStoredAt { get; private set; }

    /// <summary>When the last checkpoint was signed, by its witness where there is one, in microseconds; 0 before the first.</summary>
    public long LastTime { get; private set; }

    /// <summary>Size of the last checkpoint that was looked at, whatever it is worth.</summary>
    public long LastRow { get; private set; }

    /// <summary>Root of the last good one.</summary>
    public MerkleHash? LastGoodRoot { get; private set; }

    /// <summary>Begins at a size.</summary>
    public static async Task<CheckpointCheck> StartAsync(
        ILedgerSnapshot snapshot, long from, VerifyTrust trust, Findings findings, TreeDoubts doubts, IReadOnlyList<OutsideRoot> outside, CancellationToken cancellationToken)
    {
        var check = new CheckpointCheck(
            await LedgerCursor.StartAsync(snapshot, LedgerTable.Checkpoint, from, long.MaxValue, cancellationToken),
            await LedgerCursor.StartAsync(snapshot, LedgerTable.Cosignature, from, long.MaxValue, cancellationToken),
            trust,
            findings,
            doubts,
            [.. outside.Where(o => o.Size >= from).OrderBy(static o => o.Size)]);
        for (; check._checkpoints.Key < 0; await check._checkpoints.MoveAsync())
        {
            check.Wrong(VerifyProblemKind.CheckpointChanged, check._checkpoints.Key, "was put in: no log has that size.");
        }

        await check.StrayCosignaturesAsync(-1);
        check.Next = check.NextSize();
        return check;
    }

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
        List<MerkleHash> known = sealed_ is null ? [root] : [root, sealed_.Root()];
        while (_checkpoints.Key == size)
        {
            isKept = true;
            if (await CheckAsync(size, root, sealed_?.Root()) is { } signed)
            {
                known.Add(signed);
            }

            await _checkpoints.MoveAsync();
        }

        await StrayCosignaturesAsync(size);
        for (; _nextOutside < _outside.Count && _outside[_nextOutside].Size == size; _nextOutside++)
        {
            Compare(_outside[_nextOutside], known, isKept);
        }

        Next = NextSize();
    }

    /// <summary>What is left is for sizes that the log does not have.</summary>
    /// <param name="size">Leaves of the log.</param>
    /// <param name="lastSealedAt">When the last leaf was sealed, in microseconds.</param>
    /// <param name="limits">What is too late.</param>
    /// <param name="now">The clock.</param>
    public async ValueTask EndAsync(long size, long lastSealedAt, VerifyLimits limits, DateTimeOffset now)
    {
        var tolerance = limits.Clocks.Ticks / TimeSpan.TicksPerMicrosecond;
        if (Count > 0 && LastRow == size && (LastStoredAt < lastSealedAt - tolerance || LastStoredAt > VerifyLimits.Before(now, -limits.Skew)))
        {
            WrongTime(size, lastSealedAt, long.MaxValue);
        }

        await CutAsync(size);
        await StrayCosignaturesAsync(long.MaxValue);
        Uncosigned(VerifyLimits.Before(now, limits.SealBound));
        if (_wrongRoots > 1)
        {
            _findings.Note(string.Create(CultureInfo.InvariantCulture, $"{_wrongRoots} checkpoints have another root than the leaves: the first wrong place makes all that follow it wrong."));
        }
    }

    /// <summary>
    /// What was signed, anchored or witnessed of more leaves than the log has: its tail was cut off. All that a range of leaves leaves aside of this is
    /// skipped first.
    /// </summary>
    /// <param name="size">Leaves of the log.</param>
    public async ValueTask CutAsync(long size)
    {
        long? signed = null;
        for (; _checkpoints.HasRow; await _checkpoints.MoveAsync())
        {
            if (IsSigned())
            {
                signed = _checkpoints.Key;
            }
        }

        if (signed is { } last)
        {
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
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _checkpoints.DisposeAsync();
        await _cosignatures.DisposeAsync();
    }

    private long NextSize() => Math.Min(
        Math.Min(_checkpoints.Key, _cosignatures.Key), _nextOutside < _outside.Count ? _outside[_nextOutside].Size : long.MaxValue);

    /// <summary>The time of the last checkpoint cannot be: the leaves before and behind it say so.</summary>
    /// <param name="index">First leaf behind it.</param>
    /// <param name="earliest">When the leaf before it was sealed.</param>
    /// <param name="latest">When that leaf was sealed.</param>
    public void WrongTime(long index, long earliest, long latest) => _findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.CheckpointChanged,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The time of the checkpoint of size {LastRow} was changed: it was signed after the leaf before it was sealed and before the next one was."),
        Index = LastRow == 0 ? null : LastRow - 1,
        Expected = latest == long.MaxValue ? $"{SearchCheck.Print(earliest)} or later" : $"{SearchCheck.Print(earliest)} to {SearchCheck.Print(latest)}",
        Found = SearchCheck.Print(LastStoredAt),
    });

    // A larger one than the log has leaves: signed, it says that the log was cut; otherwise it was put in.
    private bool IsSigned()
    {
        var size = _checkpoints.Key;
        if (!SignedCheckpoint.TryParse(_checkpoints.Bytes(Note), out var signed, out var problem))
        {
            Wrong(VerifyProblemKind.CheckpointChanged, size, $"cannot be read, and the log has no leaves for it: {problem}");
        }
        else if (signed.Checkpoint.Size != size)
        {
            Wrong(VerifyProblemKind.CheckpointChanged, size, "was changed: its columns say something else than its note.");
        }
        else if (_trust.LogKeys.Count > 0 && signed.Verify(_trust.LogKeys) is NoteVerification.Refused refused)
        {
            Wrong(VerifyProblemKind.CheckpointSignature, size, $"is not signed as it should be, and the log has no leaves for it: {refused.Reason}");
        }
        else
        {
            return true;
        }

        return false;
    }

    // The root, when it is signed.
    private async ValueTask<MerkleHash?> CheckAsync(long size, MerkleHash root, MerkleHash? sealedRoot)
    {
        Count++;
        LastRow = size;
        LastTime = _checkpoints.Number(SignedAt);
        LastStoredAt = LastTime;
        if (!SignedCheckpoint.TryParse(_checkpoints.Bytes(Note), out var signed, out var problem))
        {
            Wrong(VerifyProblemKind.CheckpointChanged, size, $"cannot be read: {problem}");
            return null;
        }

        var checkpoint = signed.Checkpoint;
        if (checkpoint.Size != size || !_checkpoints.Bytes(Root).SequenceEqual(checkpoint.Root.Bytes))
        {
            Wrong(VerifyProblemKind.CheckpointChanged, size, "was changed: its columns say something else than its note.");
            return null;
        }

        if (_trust.LogKeys.Count > 0)
        {
            if (signed.Verify(_trust.LogKeys) is NoteVerification.Refused refused)
            {
                Wrong(VerifyProblemKind.CheckpointSignature, size, $"is not signed as it should be: {refused.Reason}");
                return null;
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
        return checkpoint.Root;
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

    // Leaves that were changed are told already: another history it is only when what was signed here is another root, too.
    private void Compare(OutsideRoot outside, List<MerkleHash> known, bool isKept)
    {
        if (!known.Contains(outside.Root))
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.Fork,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"{outside.Where} has another root for the first {outside.Size} leaves than this database: one of the two tells another history."),
                Index = _findings.LastGood is { } good && good < outside.Size ? good : 0,
                LastIndex = outside.Size - 1,
                Expected = outside.Root.ToHex(),
                Found = known[^1].ToHex(),
            });
        }
        else if (!isKept)
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.CheckpointMissing,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"{outside.Where} holds a checkpoint of size {outside.Size} that the database lacks. What was sealed agrees with it."),
                Index = outside.Size == 0 ? null : outside.Size - 1,
                Expected = outside.Root.ToHex(),
            });
        }
    }

    private void Wrong(VerifyProblemKind kind, long size, string what) => _findings.Add(new VerifyProblem
    {
        Kind = kind,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The checkpoint of size {size} {what}"),
        Index = size <= 0 ? null : size - 1,
        Found = Encoding.UTF8.GetString(_checkpoints.Bytes(Note)),
    });
}
