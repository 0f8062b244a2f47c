using System.Diagnostics;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// One walk over one state of the tables, in the order of the leaves. Every table is read once, as a stream, while this thread hashes: memory
/// does not grow with the log.
/// </summary>
internal sealed class VerifyRun(ILedgerSnapshot snapshot, VerifyRequest request, VerifyTrust trust, OutsideRoots outside, VerifyLimits limits, DateTimeOffset now, Action<VerifyProgress> progress)
{
    private const int Group = Tile.FullWidth;
    private const int ReportEvery = 8_192;
    private const int HashColumn = 2;
    private const int NumberColumn = 1;

    private readonly Findings _findings = new(request.Limit);
    private VerifyRequest _request = request;
    private readonly TreeWalk _stored = new();
    private readonly TreeWalk _groupStart = new();
    private readonly NumberBook _numbers = new();
    private readonly List<IAsyncDisposable> _open = [];
    private TreeDoubts _doubts = null!;
    private TreeWalk? _sealed;
    private CheckpointCheck _checkpoints = null!;
    private TileCheck _tiles = null!;
    private LedgerCursor _leaves = null!;
    private LedgerCursor _events = null!;
    private LeafAt _leaf = null!;
    private TableCounts _counts = null!;
    private SearchCheck _search = null!;
    private GapCheck _gaps = null!;
    private ProgressCheck _progress = null!;
    private DisclosureCheck? _disclosures;
    private WordsCheck? _words;
    private ReceiptCheck? _receipts;
    private ActorBook? _actors;
    private Explanations _explanations = null!;
    private TimeFlags _times = null!;
    private long _from;
    private long _to;
    private long _size;
    private long _hashed;
    private long _pruned;
    private long _lastSealedAt;
    private long _lastCheckpointAt;
    private bool _clockWentBack;

    /// <summary>Walks.</summary>
    public async Task<VerifyReport> RunAsync(string store, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            await MeasureAsync(cancellationToken);
            await OpenAsync(cancellationToken);
            await BeforeAsync(cancellationToken);
            await WalkAsync(cancellationToken);
            await AfterAsync(cancellationToken);
            await EndAsync(cancellationToken);
            return new VerifyVerdict(_findings, _request, trust, outside, _explanations).Report(
                store, now, Stopwatch.GetElapsedTime(clock).TotalSeconds, _size, _from, _to, _hashed, _pruned, _checkpoints, _disclosures?.Erased ?? 0);
        }
        finally
        {
            foreach (var part in _open)
            {
                await part.DisposeAsync();
            }
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    // ---- what there is ----------------------------------------------------------------------------------------------
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        // No further than there can be leaves: one row with an index beyond all bounds is a row too many, and no log of that size.
        var rows = await snapshot.CountAsync(LedgerTable.Leaf, cancellationToken);
        var signed = await snapshot.LastAsync(LedgerTable.Checkpoint, cancellationToken) ?? 0;
        var events = (await snapshot.LastAsync(LedgerTable.Event, cancellationToken) ?? -1) + 1;

        var leaves = Math.Min((await snapshot.LastAsync(LedgerTable.Leaf, cancellationToken) ?? -1) + 1, Math.Max(rows, signed));

        // Bytes behind the last hash are a log whose hashes were cut, as far as it was signed; what lies beyond was never sealed.
        _size = Math.Max(leaves, Math.Min(events, signed));
        if (_size <= _request.FullUpTo)
        {
            _request = _request with { Full = true };
        }

        (_from, _to) = (0, _size);
        if (_request.From is not null || _request.To is not null)
        {
            (_from, _to) = await snapshot.SealedAsync(_request.From, _request.To, cancellationToken);
        }
        else if (!_request.IsWhole)
        {
            (_from, _to) = (_request.FromIndex ?? 0, _request.ToIndex ?? _size);
        }

        _from = Math.Clamp(_from, 0, _size);
        _to = Math.Clamp(_to, _from, _size);

        // Whole tiles: what lies beside them is known by one hash a tile.
        if (!_request.IsWhole)
        {
            _from -= _from % Group;
            _to = Math.Min(_size, (_to + Group - 1) / Group * Group);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        progress(new VerifyProgress("Opening the log", 0, _to - _from, 0));
        _doubts = new TreeDoubts(_findings);
        _explanations = await Explanations.ReadAsync(snapshot, cancellationToken);
        _times = new TimeFlags(limits);
        var (rowsStart, rowsEnd) = _request.IsWhole ? (long.MinValue, long.MaxValue) : (_from, _to);
        _counts = new TableCounts(snapshot, _findings);
        _leaves = await CursorAsync(LedgerTable.Leaf, rowsStart, rowsEnd);
        _events = await CursorAsync(LedgerTable.Event, rowsStart, rowsEnd);
        _leaf = new LeafAt(_events);
        var indexed = (await snapshot.LastAsync(LedgerTable.Search, cancellationToken) ?? -1) + 1;
        _progress = await ProgressCheck.ReadAsync(snapshot, cancellationToken);
        indexed = Math.Max(indexed, _progress.Indexed ?? 0);
        _search = Keep(new SearchCheck(await CursorAsync(LedgerTable.Search, rowsStart, rowsEnd), _findings, indexed, VerifyLimits.Before(now, limits.SealBound)));
        _gaps = Keep(new GapCheck(await CursorAsync(LedgerTable.Gap, rowsStart, rowsEnd), _findings));
        _tiles = Keep(await TileCheck.StartAsync(snapshot, _size, _findings, cancellationToken));
        _checkpoints = Keep(await CheckpointCheck.StartAsync(snapshot, _request.IsWhole ? long.MinValue : _from + 1, trust, _findings, _doubts, outside.Roots, cancellationToken));
        if (_request.Full)
        {
            _disclosures = Keep(new DisclosureCheck(await CursorAsync(LedgerTable.Disclosure, rowsStart, rowsEnd), _findings, _explanations) { Keeps = true });
            _words = Keep(new WordsCheck(await CursorAsync(LedgerTable.Words, rowsStart, rowsEnd), _findings, indexed));
            if (_request.IsWhole)
            {
                _receipts = Keep(new ReceiptCheck(await CursorAsync(LedgerTable.Receipt, long.MinValue, long.MaxValue), _findings, _explanations));
                _actors = await ActorBook.ReadAsync(snapshot, cancellationToken);
            }
        }

        async Task<LedgerCursor> CursorAsync(LedgerTable table, long from, long to)
        {
            var cursor = await LedgerCursor.StartAsync(snapshot, table, from, to, cancellationToken);
            _open.Add(cursor);
            return cursor;
        }
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _open.Add(part);
        return part;
    }

    // ---- the leaves before a range: one hash a tile ------------------------------------------------------------------
    private async Task BeforeAsync(CancellationToken cancellationToken)
    {
        while (_stored.Size < _from)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _tiles.GroupAsync(_stored.Size / Group);
            if (_tiles.Root() is not { } root)
            {
                Unreachable(_stored.Size, "tiles before the range are missing");
                return;
            }

            _stored.Push(1, root);
            _tiles.Fill(_stored, null);
        }
    }

    // ---- the leaves ----------------------------------------------------------------------------------------------------
    private async Task WalkAsync(CancellationToken cancellationToken)
    {
        for (var index = _from; index < _to && _stored.Size == index; index++)
        {
            if (index % Group == 0)
            {
                await _tiles.GroupAsync(index / Group);
                _groupStart.CopyFrom(_sealed ?? _stored);
            }

            if (_checkpoints.Next == index)
            {
                await _checkpoints.AtAsync(_stored, _sealed);
            }

            if ((index - _from) % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(new VerifyProgress("Reading and hashing events", index - _from, _to - _from, _findings.Count) { At = Math.Max(_from, _findings.LastGood ?? 0), Start = _from, End = _to });
            }

            await LeafAsync(index);
            if ((index + 1) % Group == 0)
            {
                GroupEnds(index + 1 - Group);
            }
        }

        if (_checkpoints.Next == _stored.Size)
        {
            await _checkpoints.AtAsync(_stored, _sealed);
        }
    }

    private async ValueTask LeafAsync(long index)
    {
        await StrayRowsAsync(index);
        var hasEvent = _events.Key == index;
        var hasRow = _leaves.Key == index && _leaves.Bytes(HashColumn).Length == MerkleHash.Size;
        MerkleHash? row = hasRow ? new MerkleHash(_leaves.Bytes(HashColumn)) : null;
        MerkleHash? bytes = hasEvent ? TreeHasher.Leaf(_leaf.Bytes) : null;
        var tile = _tiles.Leaf(index);
        var isSure = bytes is not null && bytes == row && (tile is null || tile == bytes);
        if (!isSure)
        {
            Doubt(index, bytes, row, tile);
        }

        _stored.Push(bytes ?? row ?? tile ?? default);
        _sealed?.Push(tile ?? row ?? bytes ?? default);

        // A leaf that is doubted is not asked what other rows should say, unless its own hash speaks for it.
        if (hasEvent && (isSure || bytes == row || bytes == tile))
        {
            _hashed++;
            await ReadAsync(index);
        }
        else
        {
            if (_leaves.Key == index && _leaves.Number(NumberColumn) is > 0 and var number)
            {
                _ = _numbers.Add(number, number, hasEvent ? _leaf.SealedAt : 0);
                _receipts?.Pass(number);
            }

            else if (!hasEvent && index < _explanations.PrunedBelow && _gaps.Range(index) is { } range)
            {
                // Of a pruned declaration of void numbers the list is all that is left.
                _ = _numbers.Add(range.From, range.To, 0);
            }

            await PassAsync(index);
        }

        if (_leaves.Key == index)
        {
            await _leaves.MoveAsync();
        }

        if (hasEvent)
        {
            await _events.MoveAsync();
        }
    }

    private async ValueTask StrayRowsAsync(long index)
    {
        for (; _events.Key < index; await _events.MoveAsync())
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.EventUnexpected,
                Sentence = _events.Key < 0
                    ? $"An event stands at index {Text(_events.Key)}, where no leaf can be: it was put in."
                    : $"There are two events at index {Text(_events.Key)}: one of them was put in after sealing.",
                Index = _events.Key,
            });
        }

        for (; _leaves.Key < index; await _leaves.MoveAsync())
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.EventUnexpected,
                Sentence = _leaves.Key < 0 ? $"A hash is stored for leaf {Text(_leaves.Key)}, where none can be: it was put in." : $"There are two hashes for leaf {Text(_leaves.Key)}.",
                Index = _leaves.Key,
            });
        }
    }

    private void Doubt(long index, MerkleHash? bytes, MerkleHash? row, MerkleHash? tile)
    {
        if (bytes is null)
        {
            if (index < _explanations.PrunedBelow)
            {
                _pruned++;
            }
            else
            {
                _findings.Add(
                    new VerifyProblem
                    {
                        Kind = VerifyProblemKind.EventMissing,
                        Sentence = $"The event at index {Text(index)} is gone, and no pruning explains it.",
                        Index = index,
                        Expected = (tile ?? row)?.ToHex(),
                    },
                    static (first, last) => $"The events at indices {Text(first)} to {Text(last)} are gone, and no pruning explains it.");
            }

            if (row is not null && (tile is null || tile == row))
            {
                return;
            }
        }

        if (_sealed is null && tile is not null && (bytes ?? row) != tile)
        {
            Fork();
        }
        else if (_sealed is null && tile is null && bytes is not null && row is not null && row != bytes)
        {
            Fork();
        }

        var isReadable = bytes is not null && _leaf.Facts.Read(_leaf.Bytes);
        _doubts.Add(new TreeDoubt(index, index, bytes, row, tile, _findings.LastGood)
        {
            Workspace = isReadable ? _leaf.Text(LeafSlot.Workspace) : null,
            EventId = isReadable ? _leaf.Text(LeafSlot.Id) : null,
        });
    }

    private void Fork()
    {
        _sealed = new TreeWalk();
        _sealed.CopyFrom(_stored);
    }

    // The tile above knows the root over these 256 leaves, whatever became of the tile itself.
    private void GroupEnds(long first)
    {
        if (_tiles.Above() is { } above)
        {
            var group = (int)((first / Group) % Group);
            if (_stored.Row(1)[group] != above && (_sealed is null || _sealed.Row(1)[group] != above))
            {
                _doubts.Add(new TreeDoubt(first, first + Group - 1, _stored.Row(1)[group], null, above, _findings.LastGood));
                _sealed ??= new TreeWalk();
                _sealed.CopyFrom(_groupStart);
                _sealed.Push(1, above);
            }
        }

        _tiles.Fill(_stored, _sealed);
    }

    private async ValueTask ReadAsync(long index)
    {
        _leaf.Index = index;
        var facts = _leaf.Facts;
        if (!facts.Read(_leaf.Bytes))
        {
            var why = LeafReader.TryRead(_leaf.Bytes, out _, out var problem) ? "It has another form than leaves of this version." : problem;
            _findings.Add(new VerifyProblem { Kind = VerifyProblemKind.LeafUnreadable, Sentence = $"Leaf {Text(index)} cannot be read: {why}", Index = index });
            await PassAsync(index);
            return;
        }

        var sealedAt = _leaf.SealedAt;
        if (sealedAt < _lastSealedAt)
        {
            _clockWentBack = true;
            _findings.Note($"The sealing times run backwards at index {Text(index)}: the clock was set back, or the column was changed. The order of the leaves does not depend on it.");
        }

        SealedAt(index, facts, sealedAt);
        _lastSealedAt = sealedAt;
        Number(index, facts, sealedAt);
        if (facts.Type == LeafType.Event)
        {
            _times.At(_leaf, _checkpoints.LastTime);
        }
        else if (facts.Type == LeafType.Void && snapshot.NumbersRollBack)
        {
            _findings.Add(_leaf.Problem(
                VerifyProblemKind.EventLost,
                $"The numbers {Text(facts.Number)} to {Text(facts.LastNumber)} are void by leaf {Text(index)}, and in this database a number that was given out is committed: what had them was taken away before it was sealed."));
        }
        else if (facts.Type == LeafType.Missing)
        {
            _findings.Add(_leaf.Problem(
                VerifyProblemKind.EventLost,
                $"Event '{_leaf.Text(LeafSlot.Id)}' of workspace '{_leaf.Text(LeafSlot.Workspace)}' was recorded (number {Text(facts.Number)}) and taken away before it was sealed. The log itself says so at index {Text(index)}."));
        }

        await _search.AtAsync(_leaf);
        await _gaps.AtAsync(_leaf);
        if (_disclosures is not null)
        {
            await DisclosedAsync();
        }

        if (_receipts is not null)
        {
            await _receipts.AtAsync(_leaf);
        }
    }

    // Not hashed, and still bounded: by the time in the leaf, by the checkpoint before it, and by today.
    private void SealedAt(long index, LeafFacts facts, long sealedAt)
    {
        var (tolerance, latest) = (limits.Clocks.Ticks / TimeSpan.TicksPerMicrosecond, VerifyLimits.Before(now, -limits.Skew));
        if (sealedAt < facts.RecordedAt - tolerance || sealedAt > latest)
        {
            _findings.Add(_leaf.Problem(
                VerifyProblemKind.EventChanged,
                $"The event at index {Text(index)} has a time of sealing that cannot be: before it was recorded, or in the future. The event itself is as it was sealed.",
                $"{SearchCheck.Print(facts.RecordedAt)} or later",
                SearchCheck.Print(sealedAt)));
        }

        if (_checkpoints.LastStoredAt != _lastCheckpointAt)
        {
            // The first leaf behind a checkpoint: signed between the leaf before it and this one, unless the clock was set in between.
            _lastCheckpointAt = _checkpoints.LastStoredAt;
            if (sealedAt >= _lastSealedAt && !_clockWentBack && (_lastCheckpointAt < _lastSealedAt - tolerance || _lastCheckpointAt > sealedAt + tolerance))
            {
                _checkpoints.WrongTime(index, _lastSealedAt, sealedAt);
            }

            _clockWentBack = false;
        }
    }

    private void Number(long index, LeafFacts facts, long sealedAt)
    {
        if (_leaves.Key == index)
        {
            var stored = _leaves.IsNull(NumberColumn) ? -1 : _leaves.Number(NumberColumn);
            if (stored != (facts.Type == LeafType.Void ? -1 : facts.Number))
            {
                _findings.Add(_leaf.Problem(
                    VerifyProblemKind.LeafHashChanged, $"The row of leaf {Text(index)} has another number than the leaf.", Text(facts.Number), stored < 0 ? null : Text(stored)));
            }
        }

        if (facts.Type != LeafType.Event)
        {
            _progress.Declared(facts.LastNumber);
        }

        if (_request.IsWhole && !_numbers.Add(facts.Number, facts.LastNumber, sealedAt))
        {
            _findings.Add(_leaf.Problem(VerifyProblemKind.NumberTwice, $"The number {Text(facts.Number)} was sealed before: leaf {Text(index)} is a second one."));
        }
    }

    private async ValueTask DisclosedAsync()
    {
        await _disclosures!.AtAsync(_leaf);
        _words!.Event = null;
        if (_leaf.Facts.Type == LeafType.Event && _disclosures.Last is { } disclosed && LeafReader.TryRead(_leaf.Bytes, out var leaf, out _) && leaf is EventLeaf e)
        {
            var opened = LeafReader.Open(e, disclosed);
            (_words.Event, _words.IsErased) = (opened.Event, opened.Erased.Count > 0);
            _actors?.At(_leaf, e.ActorRef, opened.Erased.Contains(CommittedFields.ActorId, StringComparer.Ordinal) ? null : opened.Event.Actor, _findings, _explanations);
        }

        await _words.AtAsync(_leaf);
    }

    private async ValueTask PassAsync(long index)
    {
        await _search.PassAsync(index);
        await _gaps.PassAsync(index);
        if (_disclosures is not null)
        {
            await _disclosures.PassAsync(index);
            await _words!.PassAsync(index);
        }
    }

    // ---- the leaves behind a range: one hash a tile, up to the latest checkpoint ---------------------------------------
    private async Task AfterAsync(CancellationToken cancellationToken)
    {
        if (_request.IsWhole || _stored.Size < _to)
        {
            return;
        }

        var signed = Math.Min(await snapshot.LastAsync(LedgerTable.Checkpoint, cancellationToken) ?? 0, _size);
        if (_stored.Size >= signed)
        {
            return;
        }

        progress(new VerifyProgress("Following the tiles to the latest checkpoint", _to - _from, _to - _from, _findings.Count));
        await _checkpoints.SkipAsync(signed);
        var walks = _sealed is null ? new[] { _stored } : [_stored, _sealed];
        while (_stored.Size + Group <= signed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _tiles.GroupAsync(_stored.Size / Group);
            if (_tiles.Root() is not { } root)
            {
                Unreachable(_stored.Size, "tiles behind the range are missing");
                return;
            }

            foreach (var walk in walks)
            {
                walk.Push(1, root);
            }

            _tiles.Fill(_stored, _sealed);
        }

        await using (var rest = await LedgerCursor.StartAsync(snapshot, LedgerTable.Leaf, _stored.Size, signed, cancellationToken))
        {
            for (; rest.Key == _stored.Size; await rest.MoveAsync())
            {
                var hash = new MerkleHash(rest.Bytes(HashColumn));
                foreach (var walk in walks)
                {
                    walk.Push(hash);
                }
            }
        }

        if (_stored.Size < signed)
        {
            Unreachable(_stored.Size, "hashes of leaves behind the range are missing");
            return;
        }

        await _checkpoints.AtAsync(_stored, _sealed);
    }

    private void Unreachable(long size, string why) => _findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.TileMissing,
        Sentence = $"The range cannot be tied to a signed checkpoint: {why} at leaf {Text(size)}. Verify everything.",
        Index = size,
    });

    // ---- what is left ------------------------------------------------------------------------------------------------------
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        progress(new VerifyProgress("Checking what is left", _to - _from, _to - _from, _findings.Count));
        if (_doubts.Any)
        {
            _doubts.BytesAreWrong(size: null, isProved: false);
        }

        if (!_request.IsWhole)
        {
            // The range may lie anywhere: that the log ends where it should is asked all the same.
            await _checkpoints.SkipAsync(_size + 1);
            await _checkpoints.CutAsync(_size);
            return;
        }

        for (; _events.HasRow; await _events.MoveAsync())
        {
            _findings.Add(
                new VerifyProblem { Kind = VerifyProblemKind.EventUnexpected, Sentence = $"An event stands at index {Text(_events.Key)}, behind the end of the log: it was never sealed.", Index = _events.Key },
                static (first, last) => $"Events stand at indices {Text(first)} to {Text(last)}, behind the end of the log: they were never sealed.");
        }

        for (; _leaves.HasRow; await _leaves.MoveAsync())
        {
            _findings.Add(
                new VerifyProblem { Kind = VerifyProblemKind.EventUnexpected, Sentence = $"A hash is stored for leaf {Text(_leaves.Key)}, behind the end of the log: it was never sealed.", Index = _leaves.Key },
                static (first, last) => $"Hashes are stored for leaves {Text(first)} to {Text(last)}, behind the end of the log: they were never sealed.");
        }

        await _search.EndAsync();
        await _gaps.EndAsync();
        await _tiles.EndAsync();
        await _checkpoints.EndAsync(_size, _lastSealedAt, limits, now);
        UnsignedLeaves();
        _progress.End(_findings, _numbers, _size, (await snapshot.LastAsync(LedgerTable.Search, cancellationToken) ?? -1) + 1, snapshot.NumbersRollBack);
        await AnchorCheck.RunAsync(snapshot, _findings, VerifyLimits.Before(now, -limits.Skew), cancellationToken);
        if (_disclosures is not null)
        {
            await _disclosures.EndAsync();
            await _words!.EndAsync();
            if (await snapshot.WhyWordsAreNotFoundAsync(cancellationToken) is { } why)
            {
                _findings.Add(new VerifyProblem
                {
                    Kind = VerifyProblemKind.SearchChanged,
                    Sentence = $"Free text may miss events, or show others: the index of words is not that of its words ({why}).",
                });
            }

        }

        _actors?.End(_findings, _explanations.PrunedBelow > 0);
        await WaitingAsync(cancellationToken);
        Missing(await snapshot.LastNumberAsync(cancellationToken));
        if (_receipts is not null)
        {
            await _receipts.EndAsync(_numbers.Contains);
        }

        await CountAsync(cancellationToken);

        _times.End(_findings);
    }

    private void UnsignedLeaves()
    {
        if (_size <= _checkpoints.LastSize)
        {
            return;
        }

        var count = _size - _checkpoints.LastSize;
        if (_lastSealedAt < VerifyLimits.Before(now, limits.SealBound))
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.Unsigned,
                Sentence = $"No checkpoint covers the last {Text(count)} leaves, for longer than sealing takes: the newest checkpoints were removed, or sealing stands still.",
                Index = _checkpoints.LastSize,
                LastIndex = _size - 1,
            });
        }
        else
        {
            _findings.Note($"{(count == 1 ? "The last leaf was" : $"The last {Text(count)} leaves were")} sealed just now, and no checkpoint covers {(count == 1 ? "it" : "them")} yet.");
        }
    }

    private async Task WaitingAsync(CancellationToken cancellationToken)
    {
        var late = VerifyLimits.Before(now, limits.SealBound);
        var (count, tooLate) = (0L, 0L);
        await using var inbox = await LedgerCursor.StartAsync(snapshot, LedgerTable.Inbox, long.MinValue, long.MaxValue, cancellationToken);
        for (; inbox.HasRow; await inbox.MoveAsync())
        {
            count++;
            if (inbox.Number(3) < late)
            {
                tooLate++;
            }

            if (!_numbers.Add(inbox.Key, inbox.Key, inbox.Number(3)))
            {
                _findings.Add(new VerifyProblem
                {
                    Kind = VerifyProblemKind.InboxChanged,
                    Sentence = $"Event '{inbox.Text(2)}' of workspace '{inbox.Text(1)}' waits to be sealed with the number {Text(inbox.Key)}, which is sealed already: the row was put in or changed.",
                    Workspace = inbox.Text(1),
                    EventId = inbox.Text(2),
                });
            }

            if (_receipts is not null)
            {
                await _receipts.WaitingAsync(inbox);
            }
        }

        if (tooLate > 0 && !_request.SealerIsStopped)
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.Unsealed,
                Sentence = $"{Text(tooLate)} events wait to be sealed for longer than {limits.SealBound.TotalMinutes.ToString("0", CultureInfo.InvariantCulture)} minutes. Until they are, a change to them can be seen by their receipts alone. Does the sealer run?",
            });
        }
        else if (count > 0)
        {
            _findings.Note($"{(count == 1 ? "1 event waits" : $"{Text(count)} events wait")} to be sealed; {(_request.Full ? "what they say was compared with their receipts alone" : "this verification says nothing of what they say")}.");
        }
    }

    // A row without a key, or with one that nobody asks for, is seen by counting alone.
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        await _counts.CheckAsync(LedgerTable.Leaf, _leaves.Count, cancellationToken);
        await _counts.CheckAsync(LedgerTable.Event, _events.Count, cancellationToken);
        await _counts.CheckAsync(LedgerTable.Search, _search.Count, cancellationToken);
        await _counts.CheckAsync(LedgerTable.Gap, _gaps.Count, cancellationToken);
        await _counts.CheckAsync(LedgerTable.Tile0, _tiles.Count, cancellationToken);
        await _counts.CheckAsync(LedgerTable.Checkpoint, _checkpoints.RowCount, cancellationToken);
        await _counts.CheckAsync(LedgerTable.Cosignature, _checkpoints.CosignatureRows, cancellationToken);
        if (_disclosures is not null)
        {
            await _counts.CheckAsync(LedgerTable.Disclosure, _disclosures.Count, cancellationToken);
            await _counts.CheckAsync(LedgerTable.Words, _words!.Count, cancellationToken);
        }

        if (_receipts is not null)
        {
            await _counts.CheckAsync(LedgerTable.Receipt, _receipts.Count, cancellationToken);
        }
    }

    private void Missing(long lastNumber)
    {
        var gaps = _numbers.Gaps().ToList();
        if (lastNumber > _numbers.Last)
        {
            // The newest ones: nothing behind them says since when.
            gaps.Add((_numbers.Last + 1, lastNumber, long.MaxValue));
        }

        foreach (var (from, to, seenAt) in gaps)
        {
            var which = from == to ? $"The number {Text(from)}" : $"The numbers {Text(from)} to {Text(to)}";
            if (snapshot.NumbersRollBack || seenAt < VerifyLimits.Before(now, limits.GapBound))
            {
                _findings.Add(new VerifyProblem
                {
                    Kind = VerifyProblemKind.NumberMissing,
                    Sentence = $"{which} {(from == to ? "is" : "are")} neither sealed nor void nor waiting, {(snapshot.NumbersRollBack ? "and in this database numbers that were given out are committed: what had them was taken away before it was sealed." : "and later numbers were sealed long ago: an event was taken away before it was sealed, or a transaction has been open for very long.")}",
                    Found = $"{Text(from)} to {Text(to)}",
                });
            }
            else
            {
                _findings.Note($"{which} {(from == to ? "is" : "are")} not decided yet: a transaction that began to append is still open, or rolled back just now.");
            }
        }
    }
}
