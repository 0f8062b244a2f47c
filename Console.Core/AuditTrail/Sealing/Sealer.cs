using System.Globalization;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>
/// Takes what was committed, gives it its place in the log, and signs the log. One at a time; whoever comes second waits for the first to go.
/// Every step is a transaction of its own and can be the last before a crash: the next session looks at what is there and goes on from it.
/// What is signed is durable, and the same state always gets the same signature (Ed25519), so that a repetition is no second history.
/// </summary>
public sealed class Sealer(
    ISealStore store,
    LogKeys keys,
    SealerOptions options,
    SealSignals signals,
    SealHealth health,
    SystemEvents events,
    TimeProvider time,
    ILogger<Sealer> log,
    SealOnlooker? onlooker = null)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromHours(1);

    // Batches that are read one behind the other before the inbox is looked at from its beginning again.
    private const int MostInARow = 16;

    /// <summary>Seals until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        long? told = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var session = await store.OpenAsync(stop);
                if (session is null)
                {
                    health.Report("3.sealer", "Another console seals this audit trail; this one waits to take its place.");
                    if (onlooker is not null)
                    {
                        await onlooker.LookAsync(stop);
                    }
                }
                else
                {
                    health.Report("3.sealer", null);
                    await SealAsync(session, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Also a bug of ours: what waits is safe in the inbox, and the people who look at the screen must know.
                if (health.Report("2.store", $"Sealing is interrupted. {e.Message}") || told is not { } at || time.GetElapsedTime(at) >= TellAgain)
                {
                    // Not at every attempt: an outage of an hour has 1,800 of them.
                    told = time.GetTimestamp();
                    log.Interrupted(e);
                }
            }

            await Task.Delay(RetryAfter, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One session: seals until it is told to stop, or the store fails.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="MissingTileException">The log in the store is damaged.</exception>
    public async Task SealAsync(ISealSession session, CancellationToken stop)
    {
        var state = await session.LoadAsync(stop);
        if (SealGuard.WhyNot(state, keys) is { } why)
        {
            throw new AuditUnavailableException(why);
        }

        var run = new SealRun(state);
        Show(run);
        await events.TryRecordAsync(
            AuditActions.SealerStart,
            AuditOutcome.Success,
            "Sealing started.",
            new { origin = options.Origin, treeSize = run.Tiles.Size, keys = keys.VerifierKeys.Select(static key => key.ToString()).ToArray() },
            null,
            stop);
        health.Report("2.store", null);
        log.Started(run.Tiles.Size);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var appended = signals.Appended;

                // A pass is short, and is not broken off: a statement that is cancelled half-way can take its connection with it, and the place with that.
                var busy = await PassAsync(session, run, CancellationToken.None);
                if (!busy)
                {
                    await Task.WhenAny(appended, Task.Delay(Wait(run), time, stop));
                    stop.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            if (stop.IsCancellationRequested && !run.IsAhead)
            {
                await StopAsync(session, run);
            }
        }
    }

    /// <summary>One pass: seal a batch, judge gaps, sign when due, index a little. True when there is more to do at once.</summary>
    internal async Task<bool> PassAsync(ISealSession session, SealRun run, CancellationToken stop)
    {
        using var drafts = await DraftAsync(session, run, stop);
        var full = drafts.HasMore;
        var settled = full ? null : await session.SettleAsync(run.Settled, stop);
        if (settled is { Missing.Count: > 0 })
        {
            // Before their leaves, after which nobody would find them again: what is told twice is recorded once.
            await TellMissingAsync(settled.Missing, stop);
            CrashPoints.At(CrashStep.SealMissingTold);
        }

        if (drafts.Leaves.Length > 0 || settled is not null)
        {
            DraftAhead(session, run, drafts);
            CrashPoints.At(CrashStep.SealBatchRead);
            await SealAsync(session, run, drafts, settled, stop);
            CrashPoints.At(CrashStep.SealCommitted);
        }

        if (run.Tiles.Size > run.CheckpointSize && (run.CheckpointAt is not { } at || IsOver(at, options.CheckpointInterval)))
        {
            await SignAsync(session, run);
        }

        if (run.NeedsIndex && !full)
        {
            run.NeedsIndex = await session.IndexAsync(options.IndexBatch, stop) == options.IndexBatch;
            CrashPoints.At(CrashStep.IndexCommitted);
        }

        // Another console may have pruned: hence also by the clock. Only when all is indexed, so that the search is right about who is named.
        if (!run.NeedsIndex && (signals.TakePruned() || run.ForgotAt is not { } forgot || IsOver(forgot, ForgetAfter)))
        {
            run.ForgotAt = time.GetUtcNow();
            await session.ForgetActorsAsync(stop);
        }

        await LookAsync(session, run, stop);
        return full || run.NeedsIndex;
    }

    private async Task<LeafDrafts> DraftAsync(ISealSession session, SealRun run, CancellationToken stop)
    {
        if (run.Ahead is { } ahead)
        {
            run.Ahead = null;
            try
            {
                return await ahead;
            }
            catch (AuditUnavailableException)
            {
                // The session's own connection knows whether the store can be reached.
            }
        }

        using var page = await session.ReadInboxAsync(run.Ask(options.BatchSize), stop);
        return run.Leaves.Draft(page);
    }

    // While a full batch is written, the one behind it is read and drafted. Not without end: a lower number that was committed late has its turn as well.
    private void DraftAhead(ISealSession session, SealRun run, LeafDrafts drafts)
    {
        run.Learn(drafts);
        if (drafts.HasMore && drafts.Leaves.Length > 0 && run.InARow++ % MostInARow != MostInARow - 1)
        {
            var last = drafts.Leaves[^1].Sequence;
            var most = run.Ask(options.BatchSize);
            run.Ahead = Task.Run(async () =>
            {
                using var page = await session.ReadAheadAsync(last, most, CancellationToken.None);
                return run.Leaves.Draft(page, threads: 1);
            });
        }
    }

    private async Task SealAsync(ISealSession session, SealRun run, LeafDrafts drafts, SettledNumbers? settled, CancellationToken stop)
    {
        var now = AuditTime.Truncate(time.GetUtcNow());
        var known = drafts.Actors.Count == 0 ? new Dictionary<ActorKey, string>() : await session.ActorRefsAsync([.. drafts.Actors.Select(static actor => actor.Key)], stop);
        var refs = new string[drafts.Actors.Count];
        var fresh = new List<NewActor>();
        for (var i = 0; i < refs.Length; i++)
        {
            var (key, name) = drafts.Actors[i];
            if (known.TryGetValue(key, out var actorRef))
            {
                refs[i] = actorRef;
            }
            else
            {
                refs[i] = run.Leaves.NewRef();
                fresh.Add(new NewActor(key, refs[i], name));
            }
        }

        // What was just read is in the inbox still, so no number is counted twice here.
        var leaves = run.Leaves.Finish(
            drafts,
            refs,
            settled is null ? [] : [.. settled.Void.Select(gap => run.Leaves.Void(gap.From, gap.To, now)), .. settled.Missing.Select(receipt => run.Leaves.Missing(receipt, now))]);

        // A failure from here on leaves the tiles ahead of the store; the session ends with it, and the next one loads them anew.
        var first = run.Tiles.Size;
        run.IsAhead = true;
        var full = LeafBatch.Append(run.Tiles, leaves);
        await session.SealAsync(
            new SealBatch { FirstIndex = first, SealedAt = now, Leaves = leaves, Actors = fresh, Tiles = full, Settled = settled?.Through },
            CancellationToken.None);
        run.IsAhead = false;
        run.NeedsIndex = true;
        run.Settled = settled?.Through ?? run.Settled;
    }

    private async Task SignAsync(ISealSession session, SealRun run)
    {
        var now = AuditTime.Truncate(time.GetUtcNow());
        var signed = new Checkpoint(options.Origin, run.Tiles.Size, run.Tiles.Root()).Sign(keys.Signers);
        CrashPoints.At(CrashStep.CheckpointSigned);
        await session.SaveAsync(signed, now, CancellationToken.None);
        CrashPoints.At(CrashStep.CheckpointCommitted);
        run.CheckpointSize = run.Tiles.Size;
        run.CheckpointAt = now;
        signals.TellSigned();
        Show(run);
    }

    private async Task TellMissingAsync(IReadOnlyList<AuditReceipt> missing, CancellationToken stop)
    {
        foreach (var receipt in missing)
        {
            var sentence = string.Create(
                CultureInfo.InvariantCulture,
                $"Event '{receipt.Id}' of workspace '{receipt.Workspace}' (number {receipt.Sequence}) was recorded at {AuditTime.Print(receipt.RecordedAt)} and was taken away before it was sealed.");
            log.Missing(receipt.Sequence);
            health.Report(Anchoring.IncidentWatch.KeyOfMissing(receipt.Sequence), sentence);
            await events.TryRecordAsync(
                AuditActions.Incident,
                AuditOutcome.Failure,
                sentence,
                new { kind = "missing", workspace = receipt.Workspace, id = receipt.Id, sequence = receipt.Sequence },
                string.Create(CultureInfo.InvariantCulture, $"missing-{receipt.Sequence}"),
                stop);
        }
    }

    // At most once a second: counting a long inbox takes a moment.
    private async Task LookAsync(ISealSession session, SealRun run, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (run.LookedAt is { } looked && !IsOver(looked, TimeSpan.FromSeconds(1)))
        {
            return;
        }

        run.LookedAt = now;
        run.Backlog = await session.BacklogAsync(stop);
        Show(run);
        health.Report(
            "4.index",
            run.Backlog.Unindexed > 20_000 ? string.Create(CultureInfo.InvariantCulture, $"{run.Backlog.Unindexed:N0} sealed events are not in the search index yet: searches may lack some of them.") : null);
        var late = run.Backlog.Oldest is { } oldest && now - oldest > options.StallAfter;
        var sentence = late
            ? string.Create(CultureInfo.InvariantCulture, $"Sealing is behind: {run.Backlog.Count:N0} events wait, the oldest since {AuditTime.Print(run.Backlog.Oldest!.Value)}.")
            : null;
        if (health.Report("2.stall", sentence))
        {
            log.Stall(late, run.Backlog.Count);
            await events.TryRecordAsync(
                AuditActions.SealerStall,
                late ? AuditOutcome.Failure : AuditOutcome.Success,
                sentence ?? "Sealing has caught up.",
                new { unsealed = run.Backlog.Count, treeSize = run.Tiles.Size },
                null,
                stop);
        }
    }

    // In order: the stop is recorded, sealed and signed too, if the store still answers in time.
    private async Task StopAsync(ISealSession session, SealRun run)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(4), time);
        try
        {
            await events.TryRecordAsync(AuditActions.SealerStop, AuditOutcome.Success, "Sealing stopped in order.", new { treeSize = run.Tiles.Size }, null, limit.Token);
            run.CheckpointAt = null;
            while (await PassAsync(session, run, limit.Token))
            {
            }

            log.Stopped(run.Tiles.Size);
        }
        catch (Exception e) when (e is AuditUnavailableException or OperationCanceledException)
        {
            log.Interrupted(e);
        }
    }

    private TimeSpan Wait(SealRun run)
    {
        if (run.Tiles.Size > run.CheckpointSize && run.CheckpointAt is { } at)
        {
            var due = at + options.CheckpointInterval - time.GetUtcNow();
            return IsOver(at, options.CheckpointInterval) ? TimeSpan.FromMilliseconds(1) : due < options.Interval ? due : options.Interval;
        }

        return options.Interval;
    }

    // Also when the clock was set back: what is due must not wait until it has caught up.
    private bool IsOver(DateTimeOffset at, TimeSpan span) => time.GetUtcNow() is var now && (now - at >= span || now < at);

    private void Show(SealRun run) => health.Update(h => h with
    {
        Unsealed = run.Backlog?.Count ?? h.Unsealed,
        OldestUnsealed = run.Backlog is { } backlog ? backlog.Oldest : h.OldestUnsealed,
        TreeSize = run.Tiles.Size,
        CheckpointSize = run.CheckpointSize > 0 ? run.CheckpointSize : null,
        CheckpointAt = run.CheckpointAt ?? h.CheckpointAt,
    });
}
