using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Ingestion;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.AuditTrail.Ingestion;

/// <summary>Google's audit log into the trail, from the simulator over its socket, into both databases.</summary>
public sealed class CloudAuditPollerTests : IAsyncLifetime
{
    private const string Project = "acme-prod";
    private SimulatorHost _simulator = null!;
    private ServiceProvider _services = null!;

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(new SimulatorOptions { History = TimeSpan.FromMinutes(20), LiveTraffic = false }, TimeProvider.System, CancellationToken.None);
        _services = new ServiceCollection().AddLogging().AddOpsConsoleCore(new GoogleConnection
        {
            Projects = [Project],
            CloudRunBaseAddress = _simulator.BaseAddress,
            LoggingBaseAddress = _simulator.BaseAddress,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
            RetryDelay = TimeSpan.Zero,
        }).BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Once_EntriesOfDeployments_AreRecordedOnceOverRestarts(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        var first = await Poller(bench).OnceAsync(Project, new IngestionState { Project = Project }, [], false, CancellationToken.None);

        Assert.Null(first.Problem);
        Assert.True(first.Recorded > 0);
        var count = await bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox");
        Assert.Equal(first.Recorded, count);

        // Another console, or this one after a restart: it begins earlier and records nothing twice.
        var second = await Poller(bench).OnceAsync(Project, new IngestionState { Project = Project }, [], true, CancellationToken.None);
        Assert.Equal(0, second.Recorded);
        Assert.Equal(count, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.inbox"));
        await bench.SealAsync();
        var page = await bench.Reader.SearchAsync(new AuditQuery { Workspaces = [Project], Sources = [CloudAuditEvents.Source] }, null, 100, bench.Access(), CancellationToken.None);
        Assert.All(page.Records, static r => Assert.Equal(AuditVia.CloudAuditLogs, r.Position.Via));
        Assert.Contains(page.Records, static r => r.Event.Action.StartsWith("gcp.run.services.", StringComparison.Ordinal) && r.Event.Actor.Type != AuditActorType.System);
        Assert.Contains(page.Records, static r => r.Event.Actor.Type == AuditActorType.System);
    }

    [Fact]
    public async Task Once_EntryThatComesLate_IsRecorded_AndItsSecretsAreNot()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        var state = await Poller(bench).OnceAsync(Project, new IngestionState { Project = Project }, [], false, CancellationToken.None);
        await WriteAsync(TimeProvider.System.GetUtcNow().AddMinutes(-10));

        var again = await Poller(bench).OnceAsync(Project, state, [], false, CancellationToken.None);

        Assert.Equal(state.Recorded + 1, again.Recorded);
        await bench.SealAsync();
        var found = await bench.Reader.SearchAsync(new AuditQuery { Actions = ["gcp.run.services.replace_service"], Text = "late-one" }, null, 5, bench.Access(), CancellationToken.None);
        var late = Assert.Single(found.Records).Event;
        Assert.Equal(("eve@acme.example", AuditOutcome.Denied), (late.Actor.Id, late.Outcome));
        Assert.DoesNotContain("hunter2", late.Details!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(Redaction.Mark, late.Details!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(await bench.Database.ListAsync<string>("SELECT items FROM audit.disclosure WHERE items LIKE '%hunter2%'"));
    }

    [Fact]
    public async Task Once_WithoutPermission_SaysWhichOneAndIsTriedAgain()
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);
        using var http = new HttpClient();
        (await http.PostAsJsonAsync(new Uri(_simulator.BaseAddress, "simulator/faults"), new { kind = "denied", path = "/v2/entries:list" })).EnsureSuccessStatusCode();

        var state = await Poller(bench).OnceAsync(Project, new IngestionState { Project = Project }, [], false, CancellationToken.None);

        Assert.Contains("logging.logEntries.list", state.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Daily_ByTwoConsoles_IsMadeOnce(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Daily(bench).OnceAsync(CancellationToken.None))));
        var again = await Daily(bench).OnceAsync(CancellationToken.None);

        Assert.Equal(7, made.Sum() + again);
        await bench.SealAsync();
        Assert.Equal(7L, await bench.Database.ScalarAsync<long>("SELECT count(*) FROM audit.search WHERE action LIKE '%.statement'"));
    }

    [Fact]
    public async Task Daily_WithTheClockAheadForAWhile_MakesEachDayOnce_AndNoneThatIsNotOver()
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite, time);
        var daily = Daily(bench);
        Assert.Equal(7, await daily.OnceAsync(CancellationToken.None));

        time.Step(TimeSpan.FromDays(1));
        Assert.Equal(0, await daily.OnceAsync(CancellationToken.None));
        time.Step(TimeSpan.FromDays(-1));
        Assert.Equal(0, await daily.OnceAsync(CancellationToken.None));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await daily.OnceAsync(CancellationToken.None));

        // A clock that stays ahead was behind before.
        time.Step(TimeSpan.FromDays(1));
        Assert.Equal(0, await daily.OnceAsync(CancellationToken.None));
        time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(1, await daily.OnceAsync(CancellationToken.None));
    }

    private CloudAuditPoller Poller(AuditBench bench)
    {
        var turns = new TurnStore(bench.Database.Database, bench.Time);
        return new CloudAuditPoller(_services.GetRequiredService<ILogs>(), bench.Store, turns, turns, new IngestionBoard(), bench.Signals, bench.Time);
    }

    private DailyStatements Daily(AuditBench bench)
    {
        var cloudRun = _services.GetRequiredService<ICloudRun>();
        var books = new BookReading(cloudRun, _services.GetRequiredService<ILogs>(), bench.Reader);
        var statements = new Statements(books, cloudRun, bench.Reader, bench.Trail, new ActEvents(bench.Time), bench.Time);
        return new DailyStatements(statements, cloudRun, new TurnStore(bench.Database.Database, bench.Time), bench.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<DailyStatements>.Instance);
    }

    private async Task WriteAsync(DateTimeOffset at)
    {
        using var http = new HttpClient();
        var entry = $$$$$$$$"""
            {"entries":[{"logName":"projects/acme-prod/logs/cloudaudit.googleapis.com%2Factivity","insertId":"-late","timestamp":"{{{{{{{{at:O}}}}}}}}","severity":"ERROR",
             "resource":{"type":"cloud_run_revision","labels":{"project_id":"acme-prod","location":"europe-west1","service_name":"late-one"}},
             "protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog","serviceName":"run.googleapis.com","methodName":"google.cloud.run.v1.Services.ReplaceService",
              "resourceName":"namespaces/acme-prod/services/late-one","status":{"code":7,"message":"Permission denied"},"authenticationInfo":{"principalEmail":"eve@acme.example"},
              "request":{"spec":{"template":{"spec":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}]}}}}}}]}
            """;
        using var body = new StringContent(entry, Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri(_simulator.BaseAddress, "v2/entries:write"), body)).EnsureSuccessStatusCode();
    }
}
