using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>What sealing promises over both databases.</summary>
public abstract class SealerContract(DatabaseKind kind) : IAsyncLifetime
{
    private AuditBench _bench = null!;

    protected AuditBench Bench => _bench;

    public async Task InitializeAsync() => _bench = await AuditBench.CreateAsync(kind);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Seal_EventsOfSeveralBatches_AreAllInTheSignedTree()
    {
        await _bench.AppendAsync(AnEvent.Many(600));

        await _bench.SealAsync(batch: 250);

        var checkpoint = await _bench.VerifyAsync();
        Assert.Equal(600, checkpoint.Size);
        Assert.Equal(2L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.tile"));
        Assert.Equal(0L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
        Assert.Equal(1L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.actor"));
    }

    [Fact]
    public async Task Seal_AfterAFormerSession_GoesOnWithTheSameTree()
    {
        for (var round = 0; round < 5; round++)
        {
            await _bench.AppendAsync(AnEvent.Many(130, $"r{round}-"));
            await _bench.SealAsync();
        }

        var checkpoint = await _bench.VerifyAsync();
        var checkpoints = await _bench.Log.CheckpointsAsync(0, 100, CancellationToken.None);
        Assert.Equal([130L, 260, 390, 520, 650], checkpoints.Select(static c => c.Size));
        foreach (var earlier in checkpoints)
        {
            var proof = await new TiledTree(_bench.Log, checkpoint.Size).ConsistencyAsync(earlier.Size, CancellationToken.None);
            Assert.True(proof.Verify(earlier.Signed.Checkpoint.Root, checkpoint.Root));
        }
    }

    [Fact]
    public async Task Seal_BrokenOffAtEveryStep_LosesNothingAndSignsTheSameBytes()
    {
        var notes = new Dictionary<long, string>();
        var crash = 0;
        for (var calls = int.MaxValue; crash < calls;)
        {
            crash++;
            await _bench.AppendAsync(AnEvent.Many(3, $"c{crash}-"));
            var store = new CrashingSealStore(_bench.SealStore, crash);
            try
            {
                await _bench.SealAsync(store, batch: 2);
                calls = store.Calls;
            }
            catch (CrashException)
            {
                await RememberAsync();
            }

            // The next session finds what is left to do.
            await _bench.SealAsync();
            await RememberAsync();
            Assert.Equal(crash * 3, (await _bench.VerifyAsync()).Size);
        }

        Assert.InRange(crash, 20, 200);
        Assert.Equal(crash * 3L, await _bench.Database.ScalarAsync<long>("SELECT count(DISTINCT seq) FROM audit.leaf"));
        Assert.Equal(crash * 3L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.search"));

        async Task RememberAsync()
        {
            foreach (var stored in await _bench.Log.CheckpointsAsync(0, 1000, CancellationToken.None))
            {
                Assert.Equal(notes.TryAdd(stored.Size, stored.Signed.ToString()) ? stored.Signed.ToString() : notes[stored.Size], stored.Signed.ToString());
            }
        }
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00.000000Z")]
    [InlineData("0001-01-01T00:00:00.000001Z")]
    [InlineData("1999-12-31T23:59:59.999999Z")]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    public async Task Seal_AnEventOfAnyTime_IsFoundByItAndVerifies(string written)
    {
        Assert.True(AuditTime.TryParse(written, out var time));
        await _bench.AppendAsync(AnEvent.Of("then", time: time));
        await _bench.SealAsync();

        var report = await new Verifier(new LedgerSource(_bench.Database.Database), new FixedWitness(), _bench.Time)
            .RunAsync(new VerifyRequest { Full = true }, new VerifyTrust { LogKeys = [_bench.Key.AsLog().Key] }, null, CancellationToken.None);

        Assert.Empty(report.Problems);
    }

    [Fact]
    public async Task Open_WhileAnotherSeals_GivesNull()
    {
        await using (var first = await _bench.SealStore.OpenAsync(CancellationToken.None))
        {
            Assert.NotNull(first);
            Assert.Null(await _bench.SealStore.OpenAsync(CancellationToken.None));
        }

        await using var next = await _bench.SealStore.OpenAsync(CancellationToken.None);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task Seal_OfTwoSealersAtOnce_MakesOneLog()
    {
        using var stop = new CancellationTokenSource();
        var sealers = new[] { _bench.Sealer().RunAsync(stop.Token), _bench.Sealer().RunAsync(stop.Token) };
        for (var i = 0; i < 20; i++)
        {
            var results = await _bench.AppendAsync(AnEvent.Many(10, $"b{i}-"));
            var sequence = Assert.IsType<AppendResult.Recorded>(results[9]).Receipt.Sequence;
            Assert.NotNull(await _bench.Receipts.WaitAsync(sequence, TimeSpan.FromSeconds(30), CancellationToken.None));
        }

        await stop.CancelAsync();
        await Task.WhenAll(sealers);

        // 200 events, the sealer's start, and its stop where it was in time.
        Assert.InRange((await _bench.VerifyAsync()).Size, 201, 203);
    }

    [Fact]
    public async Task Run_StoppedInOrder_RecordsSealsAndSignsItsStop()
    {
        using var stop = new CancellationTokenSource();
        var sealing = _bench.Sealer().RunAsync(stop.Token);
        var receipt = Assert.IsType<AppendResult.Recorded>((await _bench.AppendAsync(AnEvent.Of("a")))[0]).Receipt;
        var place = await _bench.Receipts.WaitAsync(receipt.Sequence, TimeSpan.FromSeconds(30), CancellationToken.None);
        await stop.CancelAsync();
        await sealing;

        Assert.NotNull(place);
        Assert.True(place.Checkpoint.Size > place.Index);
        Assert.Equal(3, (await _bench.VerifyAsync()).Size);
        Assert.Equal(
            [AuditActions.SealerStart, "invoice.approve", AuditActions.SealerStop],
            (await _bench.Database.ListAsync<string>("SELECT action FROM audit.search ORDER BY CASE WHEN action LIKE '%start' THEN 0 WHEN action LIKE '%stop' THEN 2 ELSE 1 END")));
    }

    [Fact]
    public async Task Seal_WhenARowWasTakenAwayBefore_SealsThatItIsMissing()
    {
        await _bench.AppendAsync(AnEvent.Many(3));
        await TakeAwayAsync("DELETE FROM audit.inbox WHERE seq = 2");

        await _bench.SettleAsync();

        var leaves = await LeavesAsync();
        var missing = Assert.Single(leaves.OfType<MissingLeaf>());
        Assert.Equal(("acme-prod", "e1", 2L), (missing.Workspace, missing.Id, missing.Sequence));
        Assert.Contains(_bench.Health.Current.Problems, static p => p.Contains("'e1'", StringComparison.Ordinal));

        // The incident is an event itself, recorded once however often it is seen.
        await _bench.SealAsync();
        Assert.Equal(1L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt WHERE id = 'missing-2'"));
        await _bench.VerifyAsync();
    }

    [Fact]
    public async Task Seal_OfABodyThatIsNoEvent_StillSealsIt()
    {
        await _bench.AppendAsync(AnEvent.Many(2));
        await TakeAwayAsync("UPDATE audit.inbox SET body = '{\"oops\":1}' WHERE seq = 1");

        await _bench.SealAsync();

        var page = await _bench.Reader.SearchAsync(new AuditQuery { Actions = [AuditActions.Unreadable] }, null, 10, _bench.Access(), CancellationToken.None);
        Assert.Contains("oops", Assert.Single(page.Records).Event.Details!.Value.GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE audit.leaf SET seq = 77")]
    [InlineData("DELETE FROM audit.leaf")]
    [InlineData("UPDATE audit.event SET sealed_at = sealed_at")]
    [InlineData("DELETE FROM audit.event")]
    [InlineData("DELETE FROM audit.disclosure")]
    [InlineData("UPDATE audit.disclosure SET items = ''")]
    [InlineData("DELETE FROM audit.actor")]
    [InlineData("UPDATE audit.checkpoint SET note = ''")]
    [InlineData("DELETE FROM audit.checkpoint")]
    public async Task SealedRows_ChangedByHand_AreDefended(string tamper)
    {
        await _bench.AppendAsync(AnEvent.Many(2));
        await _bench.SealAsync();

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => _bench.Database.ExecuteAsync(tamper));

        Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_WithAnotherKeyThanTheLastCheckpoints_RefusesToSign()
    {
        await _bench.AppendAsync(AnEvent.Many(2));
        await _bench.SealAsync();
        var note = await _bench.Database.ScalarAsync<string>("SELECT note FROM audit.checkpoint");
        await TakeAwayAsync($"UPDATE audit.checkpoint SET note = '{note.Replace("audit.test/log ", "other.test/log ", StringComparison.Ordinal)}'");

        await using var session = await _bench.SealStore.OpenAsync(CancellationToken.None);
        var refused = await Assert.ThrowsAsync<AuditUnavailableException>(() => _bench.Sealer().SealAsync(session!, CancellationToken.None));

        Assert.Contains("is not signed with this key", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Tampers as whoever owns the database can: with the triggers off.</summary>
    protected abstract Task TakeAwayAsync(string statement);

    protected async Task<IReadOnlyList<Leaf>> LeavesAsync()
    {
        var leaves = new List<Leaf>();
        await foreach (var stored in _bench.Log.LeavesAsync(0, 1_000_000, CancellationToken.None))
        {
            Assert.True(LeafReader.TryRead(stored.Bytes, out var leaf, out var problem), problem);
            leaves.Add(leaf);
        }

        return leaves;
    }
}
