using System.Globalization;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Consoles;

namespace OpsConsole.Core.Tests.AuditTrail.Retention;

/// <summary>Erasing, holding and pruning over both databases: what is to be gone is gone, and everything else still proves.</summary>
public abstract class RetentionContract(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);
    private static readonly Actor Otto = new("otto.brandt@acme.example", "Otto Brandt", [Role.Compliance]);
    private static readonly Actor Sam = new("sam.rivera@acme.example", "Sam Rivera", [Role.Sre]);
    private AuditBench _bench = default!;
    private RetentionStore _store = default!;
    private RetentionDesk _desk = default!;
    private RetentionRunner _runner = default!;

    protected AuditBench Bench => _bench;

    public async Task InitializeAsync()
    {
        _bench = await AuditBench.CreateAsync(kind);
        _store = new RetentionStore(_bench.Database.Database, _bench.Time);
        _desk = Desk(TimeSpan.Zero);
        _runner = new RetentionRunner(_bench.Reader, _store, new ConsolesInMemory(), _bench.Signals, _bench.Health, _bench.Time);
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task EraseActor_ApprovedBySomebodyElse_TakesThePersonAwayAndLeavesEveryProof()
    {
        await _bench.AppendAsync([.. AnEvent.Many(20), AnEvent.Of("secret", actor: "zoe.quast@acme.example", reason: "Quasthausen called", details: new { note = "zoe.quast@acme.example" })]);
        await _bench.SealAsync();
        var before = await _bench.VerifyAsync();
        var actor = Assert.Single(await _desk.ActorsAsync(Clara, "zoe.quast@acme.example", CancellationToken.None));
        Assert.Equal(1, actor.Events);

        var request = await AskedAsync(_desk.AskEraseActorAsync(Clara, actor.Ref, CommittedFields.All, "Request of the data subject", CancellationToken.None));
        Assert.IsType<RetentionAnswer.Refused>(await _desk.DecideAsync(Clara, request, approve: true, "Fine", CancellationToken.None));
        await AskedAsync(_desk.DecideAsync(Otto, request, approve: true, "Checked", CancellationToken.None));

        // Nothing goes before the decision is sealed: verification could not explain it.
        Assert.Equal(0, await _runner.OnceAsync(CancellationToken.None));
        await _bench.SealAsync();
        Assert.Equal(1, await _runner.OnceAsync(CancellationToken.None));

        await NothingHasAsync("zoe.quast", "quasthausen");
        Assert.Empty(await _desk.ActorsAsync(Clara, "zoe.quast@acme.example", CancellationToken.None));
        var record = await _bench.Reader.FindAsync("acme-prod", "secret", _bench.Access(), CancellationToken.None);
        Assert.Equal(actor.Ref, record!.Event.Actor.Id);
        Assert.Contains(CommittedFields.Details, record.Erased);
        var other = await _bench.Reader.FindAsync("acme-prod", "e3", _bench.Access(), CancellationToken.None);
        Assert.Empty(other!.Erased);
        await _bench.SealAsync();
        await GoodAsync();
        var after = await _bench.VerifyAsync();
        Assert.True((await new TiledTree(_bench.Log, after.Size).ConsistencyAsync(before.Size, CancellationToken.None)).Verify(before.Root, after.Root));
        Assert.True(Assert.Single((await _desk.ListAsync(Clara, CancellationToken.None)).Requests).IsDone);
    }

    [Fact]
    public async Task EraseEvent_SomeFields_KeepsTheOthersAndTheActor()
    {
        await _bench.AppendAsync(AnEvent.Of("a", reason: "Hinterzarten", details: new { a = 1 }), AnEvent.Of("b", reason: "Hinterzarten"));
        await _bench.SealAsync();
        var request = await AskedAsync(_desk.AskEraseEventAsync(Clara, "acme-prod", "a", [CommittedFields.Reason], "A name in the reason", CancellationToken.None));
        await AskedAsync(_desk.DecideAsync(Otto, request, approve: true, "Checked", CancellationToken.None));
        await _bench.SealAsync();
        await _runner.OnceAsync(CancellationToken.None);

        var record = await _bench.Reader.FindAsync("acme-prod", "a", _bench.Access(), CancellationToken.None);
        Assert.Equal([CommittedFields.Reason], record!.Erased);
        Assert.Equal("maria.lind@acme.example", record.Event.Actor.Id);
        var found = await _bench.Reader.SearchAsync(new AuditQuery { Text = "hinterzarten" }, null, 10, _bench.Access(), CancellationToken.None);
        Assert.Equal(["b"], found.Records.Select(static r => r.Event.Id));
        await _bench.SealAsync();
        await GoodAsync();
    }

    [Fact]
    public async Task Decide_Rejected_TakesNothing()
    {
        await _bench.AppendAsync(AnEvent.Many(3));
        await _bench.SealAsync();
        var request = await AskedAsync(_desk.AskEraseEventAsync(Clara, "acme-prod", "e1", [], "Why not", CancellationToken.None));
        await AskedAsync(_desk.DecideAsync(Otto, request, approve: false, "No ground", CancellationToken.None));
        Assert.IsType<RetentionAnswer.Refused>(await _desk.DecideAsync(Otto, request, approve: true, "After all", CancellationToken.None));
        await _bench.SealAsync();

        Assert.Equal(0, await _runner.OnceAsync(CancellationToken.None));
        Assert.Empty((await _bench.Reader.FindAsync("acme-prod", "e1", _bench.Access(), CancellationToken.None))!.Erased);
    }

    [Fact]
    public async Task Ask_WithoutReasonOrPermission_IsRefused()
    {
        Assert.IsType<RetentionAnswer.Refused>(await _desk.AskEraseEventAsync(Clara, "acme-prod", "e1", [], " ", CancellationToken.None));
        Assert.IsType<RetentionAnswer.Refused>(await _desk.AskEraseEventAsync(Sam, "acme-prod", "e1", [], "Because", CancellationToken.None));
        Assert.IsType<RetentionAnswer.Refused>(await _desk.SetHoldAsync(Sam, "", "Because", CancellationToken.None));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => _desk.ListAsync(Sam, CancellationToken.None));
    }

    [Fact]
    public async Task Prune_APrefix_KeepsHashesAndProofs()
    {
        await _bench.AppendAsync([AnEvent.Of("first", actor: "only.once@acme.example", reason: "Kleinmachnow"), .. AnEvent.Many(700)]);
        await VoidAsync();
        await _bench.SealAsync();
        var before = await _bench.VerifyAsync();
        var request = await AskedAsync(_desk.AskPruneAsync(Clara, _bench.Time.GetUtcNow().AddMinutes(1), "Policy 4.2", CancellationToken.None));
        await AskedAsync(_desk.DecideAsync(Otto, request, approve: true, "Checked", CancellationToken.None));
        await _bench.SealAsync();
        await _runner.OnceAsync(CancellationToken.None);
        await GoodAsync();

        // The sealer forgets who is named by nothing any more.
        await _bench.SealAsync();
        if (kind == DatabaseKind.Sqlite)
        {
            await _bench.Database.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        await NothingHasAsync("only.once", "kleinmachnow");
        Assert.Equal(0L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.event WHERE leaf_index < 512"));
        Assert.Equal(512L, await _store.FirstKeptAsync(CancellationToken.None));
        Assert.Equal(512L, await _bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.leaf WHERE leaf_index < 512"));
        var report = await GoodAsync();
        Assert.Equal(512, report.Pruned);
        var latest = (await _bench.Log.LatestAsync(CancellationToken.None))!.Signed.Checkpoint;
        var tree = new TiledTree(_bench.Log, latest.Size);
        Assert.True((await tree.ConsistencyAsync(before.Size, CancellationToken.None)).Verify(before.Root, latest.Root));
        Assert.True((await tree.InclusionAsync(600, CancellationToken.None)).Verify(await tree.LeafHashAsync(600, CancellationToken.None), latest.Root));
        Assert.True((await tree.InclusionAsync(3, CancellationToken.None)).Verify(await tree.LeafHashAsync(3, CancellationToken.None), latest.Root));

        // An id names one event for ever.
        Assert.IsType<AppendResult.Conflict>((await _bench.AppendAsync(AnEvent.Of("first", actor: "only.once@acme.example", reason: "Kleinmachnow")))[0]);
    }

    [Fact]
    public async Task Prune_OfWhatMustBeKept_IsRefused()
    {
        await _bench.AppendAsync(AnEvent.Many(300));
        await _bench.SealAsync();

        var refused = Assert.IsType<RetentionAnswer.Refused>(await Desk(TimeSpan.FromDays(30)).AskPruneAsync(Clara, _bench.Time.GetUtcNow().AddMinutes(1), "Policy", CancellationToken.None));

        Assert.Contains("30 days", refused.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("acme-prod", true)]
    [InlineData("other", false)]
    public async Task Hold_ThatCoversEvents_BlocksErasingAndPruning(string workspace, bool blocks)
    {
        await _bench.AppendAsync(AnEvent.Many(300));
        await _bench.SealAsync();
        var hold = await AskedAsync(_desk.SetHoldAsync(Clara, workspace, "Lawsuit 17", CancellationToken.None));
        await _bench.SealAsync();
        var actor = Assert.Single(await _desk.ActorsAsync(Clara, "maria.lind@acme.example", CancellationToken.None)).Ref;

        foreach (var answer in new[]
        {
            await _desk.AskEraseEventAsync(Clara, "acme-prod", "e1", [], "Request", CancellationToken.None),
            await _desk.AskEraseActorAsync(Clara, actor, [], "Request", CancellationToken.None),
            await _desk.AskPruneAsync(Clara, _bench.Time.GetUtcNow().AddMinutes(1), "Policy", CancellationToken.None),
        })
        {
            Assert.Equal(blocks, answer is RetentionAnswer.Refused { Sentence: var s } && s.Contains("Lawsuit 17", StringComparison.Ordinal));
        }

        // Release takes two.
        var release = await AskedAsync(_desk.AskReleaseAsync(Clara, hold, "Settled", CancellationToken.None));
        Assert.IsType<RetentionAnswer.Refused>(await _desk.DecideAsync(Clara, release, approve: true, "Yes", CancellationToken.None));
        await AskedAsync(_desk.DecideAsync(Otto, release, approve: true, "Yes", CancellationToken.None));
        Assert.Empty((await _desk.ListAsync(Otto, CancellationToken.None)).Standing);
        if (blocks)
        {
            await AskedAsync(_desk.AskEraseEventAsync(Clara, "acme-prod", "e1", [], "Request", CancellationToken.None));
        }
    }

    [Fact]
    public async Task Decide_AfterAHoldWasSet_IsRefused()
    {
        await _bench.AppendAsync(AnEvent.Many(3));
        await _bench.SealAsync();
        var request = await AskedAsync(_desk.AskEraseEventAsync(Clara, "acme-prod", "e1", [], "Request", CancellationToken.None));
        await AskedAsync(_desk.SetHoldAsync(Otto, "acme-prod", "Lawsuit 17", CancellationToken.None));

        Assert.IsType<RetentionAnswer.Refused>(await _desk.DecideAsync(Otto, request, approve: true, "Checked", CancellationToken.None));
    }

    /// <summary>A number that nothing has, so that a declaration of it is pruned too.</summary>
    protected virtual Task VoidAsync() => Task.CompletedTask;

    /// <summary>No row, and where the database is a file no byte of it, has these texts.</summary>
    protected abstract Task NothingHasAsync(params string[] texts);

    protected static async Task<string> AskedAsync(Task<RetentionAnswer> answer) =>
        await answer switch
        {
            RetentionAnswer.Done done => done.Id,
            RetentionAnswer.Refused refused => throw new InvalidOperationException(refused.Sentence),
            _ => throw new InvalidOperationException("No answer."),
        };

    protected async Task<VerifyReport> GoodAsync()
    {
        using var http = new HttpClient();
        var verifier = new Verifier(new LedgerSource(_bench.Database.Database), new WitnessMonitor(http, TimeSpan.FromSeconds(1), _bench.Time), _bench.Time);
        var report = await verifier.RunAsync(new VerifyRequest { Full = true }, new VerifyTrust { LogKeys = [_bench.Key.AsLog().Key] }, null, CancellationToken.None);
        Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => string.Create(CultureInfo.InvariantCulture, $"{p.Kind}: {p.Sentence}"))));
        return report;
    }

    private RetentionDesk Desk(TimeSpan keep) =>
        new(_bench.Reader, _bench.Trail, _store, new ActEvents(_bench.Time), _bench.Signals, new RetentionOptions(keep), _bench.Time);
}
