using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Consoles;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>Verifications whose console ended in the middle: their end is recorded once, by whoever finds it, and before anybody may resume.</summary>
public sealed class BrokenOffTests
{
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task NextStart_OnTheSameFolder_RecordsTheEndOnce_BeforeItOffersToResume(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var first = new ConsolesInMemory("aaaaaaaa");
        await using var killed = world.Console(first, world.Bookmark);
        Assert.Null(await killed.StartAsync(Clara, new VerifyRequest { Full = true }, CancellationToken.None));
        var begin = killed.Current!.Id;

        // How far it was when the process was killed.
        world.Bookmark.Write(world.Bookmark.Read()! with { Progress = new VerifyProgress("Reading", 3, 4, 0) { At = 2, End = 4 } });
        await using (var next = world.Console(new ConsolesInMemory("bbbbbbbb"), world.Bookmark))
        {
            Assert.Null(next.Resumption);
            await next.SettleAsync(CancellationToken.None);

            Assert.Equal(2, next.Resumption!.ResumedAt);
            await next.SettleAsync(CancellationToken.None);
        }

        await using (var third = world.Console(new ConsolesInMemory("cccccccc"), world.Bookmark))
        {
            await third.SettleAsync(CancellationToken.None);
        }

        var end = Assert.Single(await world.EndsAsync());
        Assert.Equal((AuditOutcome.Failure, AuditActorType.System, Clara.Id), (end.Outcome, end.Actor.Type, end.Actor.OnBehalfOf));
        Assert.Equal(("The console ended while Clara Weiss was verifying. The leaves below index 2 were verified.", begin), (end.Reason, end.Details!.Value.GetProperty("run").GetString()));
        Assert.True(end.Details.Value.GetProperty("request").GetProperty("full").GetBoolean());
        await using var fourth = world.Console(new ConsolesInMemory("dddddddd"), world.Bookmark);
        Assert.Equal(Clara.Id, Assert.Single(await fourth.HistoryAsync(9, CancellationToken.None)).By);
    }

    [Fact]
    public async Task AnotherConsole_RecordsTheEnd_OnceThatOneIsGone_AndNotBefore()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Postgres);
        var a = new ConsolesInMemory("aaaaaaaa");
        var b = a.Another("bbbbbbbb");
        await using var dying = world.Console(a, world.Bookmark);
        await using var staying = world.Console(b, new VerifyBookmark(Path.Combine(world.Folder, "other.json")));
        Assert.Null(await dying.StartAsync(Clara, new VerifyRequest(), CancellationToken.None));
        await staying.SettleAsync(CancellationToken.None);
        await dying.SettleAsync(CancellationToken.None);
        Assert.Empty(await world.EndsAsync());

        a.Dispose();
        await Task.WhenAll(staying.SettleAsync(CancellationToken.None), staying.SettleAsync(CancellationToken.None));
        Assert.Equal("The console ended while Clara Weiss was verifying.", Assert.Single(await world.EndsAsync()).Reason);

        // Its own next start finds that it is told.
        await using var again = world.Console(b.Another("cccccccc"), world.Bookmark);
        await again.SettleAsync(CancellationToken.None);
        Assert.Single(await world.EndsAsync());
    }

    [Fact]
    public async Task AConsoleThatWasTakenForGone_StillRecordsItsVerdict()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Postgres);
        var a = new ConsolesInMemory("aaaaaaaa");
        await using var slow = world.Console(a, world.Bookmark);
        await using var other = world.Console(new ConsolesInMemory("bbbbbbbb"), new VerifyBookmark(Path.Combine(world.Folder, "other.json")));
        Assert.Null(await slow.StartAsync(Clara, new VerifyRequest { SealerIsStopped = true }, CancellationToken.None));
        await other.SettleAsync(CancellationToken.None);

        world.Ledger.Gate.SetResult();
        await world.UntilAsync(() => slow.Current!.Stage == VerifyStage.Done);
        await slow.SettleAsync(CancellationToken.None);

        Assert.False(slow.HasUnrecorded);
        Assert.Equal([AuditOutcome.Failure, AuditOutcome.Success], (await world.EndsAsync()).Select(static e => e.Outcome));
    }

    [Fact]
    public async Task WhatApplicationsSay_IsNoVerificationOfAConsole()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        await world.Bench.AppendAsync(AnEvent.Of("forged", AuditActions.AuditVerify, workspace: AuditWorkspaces.Console, time: world.Bench.Time.GetUtcNow()) with
        {
            Outcome = AuditOutcome.Unknown,
            Details = ActEvents.Details(new { console = "aaaaaaaa" }),
        });

        await using var console = world.Console(new ConsolesInMemory("bbbbbbbb"), world.Bookmark);
        await console.SettleAsync(CancellationToken.None);
        Assert.Empty(await world.EndsAsync());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task CommandThatWasKilled_IsRecordedAsEndedOnce_AndOneThatRunsIsNot(DatabaseKind kind)
    {
        await using var world = await World.CreateAsync(kind);
        var consoles = new ConsolesInMemory("bbbbbbbb");
        var (database, time, acts) = (world.Bench.Database.Database, world.Bench.Time, new ActEvents(world.Bench.Time));
        var commands = new KilledActs(world.Bench.Reader, world.Bench.Trail, acts, new TurnStore(database, time), consoles, time);
        var first = await KilledActs.TakeAsync(new TurnStore(database, time), CancellationToken.None);
        var second = await KilledActs.TakeAsync(new TurnStore(database, time), CancellationToken.None);
        Assert.NotEqual(first!.Name, second!.Name);
        var verify = Verifications.Intent(acts.Of(Clara, AuditActions.AuditVerify, AuditOutcome.Unknown), new VerifyRequest { Full = true }, console: null, first.Name);
        var export = acts.Of(Clara, AuditActions.AuditExport, AuditOutcome.Unknown) with { Details = ActEvents.Details(new { process = second.Name }) };
        var strange = acts.Of(Clara, AuditActions.AuditExport, AuditOutcome.Unknown) with { Details = ActEvents.Details(new { process = "../elsewhere" }) };
        foreach (var begin in (AuditEvent[])[verify, export, strange])
        {
            await world.Bench.Trail.RecordAsync(begin, CancellationToken.None);
        }

        await commands.SettleAsync(CancellationToken.None);
        Assert.Empty(await world.EndsAsync(AuditActions.AuditVerify, AuditActions.AuditExport));

        // What the system does when a process is killed.
        await first.DisposeAsync();
        await commands.SettleAsync(CancellationToken.None);
        Assert.Equal([$"{verify.Id}-end"], (await world.EndsAsync(AuditActions.AuditVerify, AuditActions.AuditExport)).Select(static e => e.Id));

        await second.DisposeAsync();
        await commands.SettleAsync(CancellationToken.None);
        await commands.SettleAsync(CancellationToken.None);

        var ends = await world.EndsAsync(AuditActions.AuditVerify, AuditActions.AuditExport);
        Assert.Equal([$"{verify.Id}-end", $"{export.Id}-end"], ends.Select(static e => e.Id));
        Assert.All(ends, static e => Assert.Equal((AuditOutcome.Failure, AuditActorType.System, Clara.Id), (e.Outcome, e.Actor.Type, e.Actor.OnBehalfOf)));
    }

    [Fact]
    public async Task ExportOfAConsole_IsRecordedAsEndedOnce_WhenThatConsoleIsGone()
    {
        await using var world = await World.CreateAsync(DatabaseKind.Sqlite);
        var (time, acts) = (world.Bench.Time, new ActEvents(world.Bench.Time));
        var here = new ConsolesInMemory("bbbbbbbb");
        var dying = here.Another("aaaaaaaa");
        var killed = new KilledActs(world.Bench.Reader, world.Bench.Trail, acts, here, here, time);
        var exports = new RecordedExports(
            new EvidenceExporter(new LedgerSource(world.Bench.Database.Database), new SealedLog(world.Bench.Database.Database, time), static () => new EvidenceKeys([], [], []), time),
            world.Bench.Trail, acts);
        var id = await exports.BeginAsync(Clara, new EvidenceRequest(), CancellationToken.None, console: dying.Name);
        await exports.BeginAsync(Clara, new EvidenceRequest(), CancellationToken.None, console: here.Name);

        await killed.SettleAsync(CancellationToken.None);
        Assert.Empty(await world.EndsAsync(AuditActions.AuditExport));

        dying.Dispose();
        await killed.SettleAsync(CancellationToken.None);
        await killed.SettleAsync(CancellationToken.None);

        var end = Assert.Single(await world.EndsAsync(AuditActions.AuditExport));
        Assert.Equal(($"{id}-end", AuditOutcome.Failure, Clara.Id), (end.Id, end.Outcome, end.Actor.OnBehalfOf));
        Assert.Equal("The console ended while Clara Weiss was exporting: whether it came to a result is not known.", end.Reason);
    }

    private sealed class World : IAsyncDisposable
    {
        private World(AuditBench bench) => (Bench, Ledger) = (bench, new WatchedLedger(new LedgerSource(bench.Database.Database)) { HoldFrom = 0 });

        public AuditBench Bench { get; }

        public WatchedLedger Ledger { get; }

        public string Folder => Bench.Database.Folder;

        public VerifyBookmark Bookmark => new(Path.Combine(Folder, "verification.json"));

        public static async Task<World> CreateAsync(DatabaseKind kind)
        {
            var world = new World(await AuditBench.CreateAsync(kind));
            await world.Bench.AppendAsync([.. Enumerable.Range(0, 4).Select(static i => AnEvent.Of($"e{i}"))]);
            await world.Bench.SettleAsync();
            return world;
        }

        public Verifications Console(IConsoles consoles, VerifyBookmark bookmark) => new(
            new Verifier(Ledger, new FixedWitness(), Bench.Time), static () => new VerifyTrust { LogKeys = [AuditBench.LogKey.AsLog().Key] }, Bench.Trail, new ActEvents(Bench.Time), Bench.Reader, bookmark, consoles, Bench.Time);

        public async Task<IReadOnlyList<AuditEvent>> EndsAsync(params IReadOnlyList<string> actions)
        {
            var query = new AuditQuery { Actions = actions.Count > 0 ? actions : [AuditActions.AuditVerify], Outcomes = [AuditOutcome.Success, AuditOutcome.Failure] };
            var ends = new List<AuditRecord>();
            await foreach (var record in Bench.Reader.OwnActsAsync(query, CancellationToken.None))
            {
                ends.Add(record);
            }

            return [.. ends.OrderBy(static r => r.Position.Sequence).Select(static r => r.Event)];
        }

        public async Task UntilAsync(Func<bool> condition)
        {
            for (var i = 0; i < 1_200 && !condition(); i++)
            {
                await Task.Delay(50);
            }

            Assert.True(condition());
        }

        public ValueTask DisposeAsync() => Bench.DisposeAsync();
    }
}
