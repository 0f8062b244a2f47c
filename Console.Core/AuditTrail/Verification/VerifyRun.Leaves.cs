using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <content>The walk over the leaves, and what each of them says.</content>
internal sealed partial class VerifyRun
{
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
}
