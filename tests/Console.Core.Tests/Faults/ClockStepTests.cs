using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Google;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Tests.BackgroundActivity.Sources;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Testing.Google;
using static OpsConsole.Core.Tests.BackgroundActivity.Sources.Entries;

namespace OpsConsole.Core.Tests.Faults;

/// <summary>The clock on the wall is set back and forward while the console runs: nothing waits for it, nothing is kept for too long, nothing is passed over.</summary>
public sealed class ClockStepTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly ManualTimeProvider _time = new(Nine);

    public static TheoryData<double> Steps => [-24, -1, 1, 24];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task LogReads_OverTheQuota_WaitAMinuteAndNoLonger(double hours)
    {
        var limiter = new LogReadLimiter(2, _time);
        await limiter.AcquireAsync("p", CancellationToken.None);
        await limiter.AcquireAsync("p", CancellationToken.None);
        limiter.Pause("p", TimeSpan.FromSeconds(30));
        _time.Step(Hour * hours);

        var third = limiter.AcquireAsync("p", CancellationToken.None).AsTask();
        Assert.InRange(limiter.Quota("p").Wait, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        _time.Advance(TimeSpan.FromSeconds(61));

        await third.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task FleetCache_KeepsAnAnswerForItsSeconds(double hours)
    {
        var cloudRun = new FakeCloudRun { Services = { Build.Service() } };
        var cache = new FleetCache(cloudRun, _time);
        await cache.ServicesAsync(fresh: false, CancellationToken.None);

        _time.Step(Hour * hours);
        await cache.ServicesAsync(fresh: false, CancellationToken.None);
        Assert.Equal(1, cloudRun.Calls(nameof(ICloudRun.ListServicesAsync)));
        _time.Advance(FleetCache.Keep + TimeSpan.FromSeconds(1));
        await cache.ServicesAsync(fresh: false, CancellationToken.None);
        Assert.Equal(2, cloudRun.Calls(nameof(ICloudRun.ListServicesAsync)));
    }

    [Fact]
    public async Task Tokens_RevokedElsewhere_AreRefusedWithinSeconds_WithTheClockSetBack()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite, _time);
        ApiTokens Console() => new(
            new ApiTokenStore(bench.Database.Database, new RecordedWrites(bench.Database.Database, _time)), bench.Trail, new ActEvents(_time), new ConsoleNews(), _time);
        var (here, elsewhere) = (Console(), Console());
        var admin = new Actor("ada@acme.example", "Ada", [Role.Admin]);
        var secret = (await here.MakeAsync(admin, new ApiTokenRequest("billing", "acme-prod", ApiScope.AppendEvents, 30), CancellationToken.None)).Secret!;
        var token = (await here.FindAsync(secret, mayAskAnew: true, CancellationToken.None))!;

        _time.Step(-Hour);
        Assert.Null((await elsewhere.RevokeAsync(admin, token.Id, CancellationToken.None)).Error);
        _time.Advance(ApiTokens.MaxAge);

        Assert.NotNull((await here.FindAsync(secret, mayAskAnew: true, CancellationToken.None))!.RevokedAt);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Sealer_GoesOnSigning_AndEventsKeepTheirOwnTime(double hours)
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite, _time);
        var sealer = new Sealer(
            bench.SealStore, new LogKeys(AuditBench.Origin, [AuditBench.LogKey]),
            new SealerOptions { Origin = AuditBench.Origin, CheckpointInterval = TimeSpan.FromSeconds(5) },
            bench.Signals, bench.Health, new SystemEvents(bench.Store, _time), _time, NullLogger<Sealer>.Instance);
        await using var session = (await bench.SealStore.OpenAsync(CancellationToken.None))!;
        var run = new SealRun(await session.LoadAsync(CancellationToken.None));
        await bench.AppendAsync(AnEvent.Of("before"));
        await sealer.PassAsync(session, run, CancellationToken.None);
        Assert.Equal(1, run.CheckpointSize);

        _time.Step(Hour * hours);
        var receipt = Assert.IsType<AppendResult.Recorded>((await bench.AppendAsync(AnEvent.Of("after")))[0]).Receipt;
        await sealer.PassAsync(session, run, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(6));
        await sealer.PassAsync(session, run, CancellationToken.None);

        Assert.Equal((2, 2), (run.CheckpointSize, (await bench.VerifyAsync()).Size));
        Assert.Equal(0, run.Backlog!.Count);
        Assert.Equal(AnEvent.Of("after").Time, (await bench.Reader.SearchAsync(new AuditQuery(), null, 10, bench.Access(), CancellationToken.None)).Records.First(static r => r.Event.Id == "after").Event.Time);
        Assert.InRange((receipt.RecordedAt - (Nine + (Hour * hours))).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task WaitSealed_EndsAfterItsTime_WithTheClockSetBack()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite, _time);
        var receipt = Assert.IsType<AppendResult.Recorded>((await bench.AppendAsync(AnEvent.Of("one")))[0]).Receipt;
        var waiting = new SealedReceipts(bench.Log, new SealSignals(), _time).WaitAsync(receipt.Sequence, TimeSpan.FromSeconds(2), CancellationToken.None);

        _time.Step(-Hour);
        while (!waiting.IsCompleted)
        {
            await Task.WhenAny(waiting, _time.WhenTimerAsync(TimeSpan.FromMilliseconds(300)), _time.WhenTimerAsync(TimeSpan.FromMilliseconds(200)));
            _time.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.Null(await waiting);
        Assert.True(_time.GetUtcNow() < Nine - Hour + TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task LiveLogs_GoOnBeingRead_AndPassOverNothing_WithTheClockOffForAWhile()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Json(Page(Request(Nine.AddSeconds(-200), TimeSpan.FromSeconds(1), "6951d2870005ef93ee656b6e"))),
            ScriptedAnswer.Json("{}"));
        var live = bench.Find(AnalysisId.Live("acme"));
        using var looking = live.Subscribe(static () => Task.CompletedTask);
        await live.WhenAsync(static s => s.State == SourceState.Ready);

        // Ahead for an hour of real time, over many polls that bring nothing; then right again.
        foreach (var step in (double[])[1, -2, 1])
        {
            bench.Time.Step(Hour * step);
            for (var i = 0; i < 5; i++)
            {
                await bench.Time.WhenTimerAsync(CatalogBench.Poll);
                bench.Time.Advance(CatalogBench.Poll);
            }
        }

        await bench.Time.WhenTimerAsync(CatalogBench.Poll);
        var reads = bench.Google.RequestsOf(CatalogBench.List);
        Assert.True(reads.Count >= 16, $"Only {reads.Count} reads: it waited for the clock on the wall.");
        Assert.All(reads.Skip(2), static read => Assert.Contains(
            "receiveTimestamp>=\"2026-11-22T08:5", (string)JsonNode.Parse(read.Body)!["filter"]!, StringComparison.Ordinal));
    }
}
