using Microsoft.Extensions.Logging;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.Faults;

/// <summary>What the store makes of PostgreSQL's states. The console as a whole is in the tests of the web part.</summary>
public sealed class PostgresFaultTests
{
    [Theory]
    [InlineData("serialization_failure")]
    [InlineData("deadlock_detected")]
    public async Task Collision_IsTriedAgain_AndNotToldAsAFailure(string state)
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        await bench.Database.ExecuteAsync($"""
            CREATE SEQUENCE public.attempts;
            CREATE FUNCTION public.collide() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('public.attempts') < 3 THEN RAISE EXCEPTION USING ERRCODE = '{state}', MESSAGE = 'in the way'; END IF;
                RETURN NEW; END $$;
            GRANT USAGE ON SEQUENCE public.attempts TO PUBLIC;
            CREATE TRIGGER collide_now BEFORE INSERT ON audit.inbox FOR EACH ROW EXECUTE FUNCTION public.collide();
            """);

        Assert.IsType<AppendResult.Recorded>((await bench.AppendAsync(AnEvent.Of("one")))[0]);
        Assert.Equal(1L, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox WHERE id = 'one'"));

        await bench.Database.ExecuteAsync("ALTER SEQUENCE public.attempts RESTART");
        var page = await bench.Reader.SearchAsync(new AuditQuery(), null, 10, bench.Access(), CancellationToken.None);
        Assert.Contains(page.Records, static r => r.Event.Id == "one");
    }

    [Fact]
    public async Task Batches_WithTheSameEventsInAnotherOrder_AreBothTaken()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        for (var round = 0; round < 5; round++)
        {
            var events = Enumerable.Range(0, 200).Select(i => AnEvent.Of($"{round}-{i}")).ToList();

            var both = await Task.WhenAll(bench.AppendAsync(events), bench.AppendAsync([.. events.AsEnumerable().Reverse()]));

            Assert.Equal(200, both.Sum(static results => results.Count(static r => r is AppendResult.Recorded)));
            Assert.Equal(200, both.Sum(static results => results.Count(static r => r is AppendResult.Duplicate)));
        }
    }

    [Fact]
    public async Task Sealer_DuringTenMinutesWithoutADatabase_TriesOnAndWritesThreeLines()
    {
        await using var database = ConsoleDatabase.For("Host=127.0.0.1;Port=9;Database=d;Username=u", "");
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        var lines = new CountedLines();
        var health = new SealHealth();
        var store = new CountedStore(new SealStore(database, time));
        var sealer = new Sealer(
            store, new LogKeys(AuditBench.Origin, [AuditBench.LogKey]), new SealerOptions { Origin = AuditBench.Origin }, new SealSignals(), health,
            new SystemEvents(new AuditStore(database, time, new SealSignals()), time), time, lines);
        using var stop = new CancellationTokenSource();
        var run = sealer.RunAsync(stop.Token);

        const int Attempts = 300;
        for (var i = 0; i < Attempts; i++)
        {
            await time.WhenTimerAsync(TimeSpan.FromSeconds(2));
            time.Advance(TimeSpan.FromSeconds(2));
        }

        await time.WhenTimerAsync(TimeSpan.FromSeconds(2));
        await stop.CancelAsync();
        await run;
        Assert.Equal((Attempts + 1, 3), (store.Opens, lines.Count));
        Assert.Contains("Sealing is interrupted", health.Current.Alarms[0], StringComparison.Ordinal);
    }

    private sealed class CountedStore(ISealStore inner) : ISealStore
    {
        public int Opens { get; private set; }

        public async Task<ISealSession?> OpenAsync(CancellationToken cancellationToken)
        {
            Opens++;
            return await inner.OpenAsync(cancellationToken);
        }
    }

    private sealed class CountedLines : ILogger<Sealer>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
