using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <content>What stands behind the leaves: tiles after a range, rows that wait, numbers that are missing, and the counts of all tables.</content>
internal sealed partial class VerifyRun
{
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
        await AnchorCheck.RunAsync(snapshot, _findings, outside, VerifyLimits.Before(now, -limits.Skew), cancellationToken);
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

            if (await snapshot.WhyRowsAreNotFoundAsync(cancellationToken) is { } missing)
            {
                _findings.Add(new VerifyProblem
                {
                    Kind = VerifyProblemKind.SearchChanged,
                    Sentence = $"Searching by actor, action, trace and the like may miss events: an index is not that of its table ({missing}).",
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

    private async Task GuardsAsync(CancellationToken cancellationToken)
    {
        if (await snapshot.MissingGuardsAsync(cancellationToken) is { Count: > 0 } missing)
        {
            var more = missing.Count > 3 ? string.Create(CultureInfo.InvariantCulture, $" and {missing.Count - 3} more") : "";
            _findings.Note($"The database itself does not refuse changes as it should: {string.Join(", ", missing.Take(3))}{more}. Nothing that was verified rests on that, but somebody did it.");
        }
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
