using System.Text;
using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Completeness;

/// <summary>Checks over a real store.</summary>
public sealed class CompletenessChecksTests : IAsyncLifetime
{
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);
    private static readonly Actor Sam = new("sam.rivera@acme.example", "Sam Rivera", [Role.Sre]);

    // A quarter of an hour after the first request.
    private readonly ManualTimeProvider _time = new(LogWorld.Epoch.AddMinutes(15));
    private readonly LogTable _table;
    private readonly Analysis _analysis;
    private TestDatabase _database = default!;
    private AuditStore _store = default!;
    private AuditReader _reader = default!;
    private AuditTrailInMemory _dead = default!;
    private IAuditTrail _trail = default!;

    public CompletenessChecksTests()
    {
        var world = new LogWorld();
        for (var i = 0; i < 4; i++)
        {
            world.Add(new WorldRequest
            {
                Instance = "i1",
                At = i * 10,
                Latency = 0.1,
                Written = (i * 10) + 0.1018,
                Received = (i * 10) + 0.3,
                Trace = LogWorld.Trace(i),
                Route = "POST /orders",
                Status = 201,
            });
        }

        _table = world.ToTable();
        _analysis = Correlator.Analyse(_table, new CorrelatorOptions { RequestTimestamp = RequestTimestamp.Start }, CancellationToken.None);
    }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        _store = new AuditStore(_database.Database, _time, new SealSignals());
        _reader = new AuditReader(_database.Database, _time, new SealSignals());
        _dead = new AuditTrailInMemory { Dead = "The disk is full." };
        _trail = new Core.AuditTrail.AuditTrail(_store);
    }

    public async Task DisposeAsync()
    {
        _table.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Run_EventsOfTheServiceAndOfItsTraces_AreFoundAndJudged()
    {
        // In time by the reckoning of an outbox; of the second nobody says which service; the third is not there; the fourth comes with a clock that is days off.
        await AppendAsync(
            Event("a", 0.05, 0), Event("b", 10.05, 1) with { Source = null }, Event("d", 30, 3) with { Source = null, Time = LogWorld.Epoch.AddDays(-9) },
            Event("other", 20, 2) with { Source = new AuditSource { Service = "pricing" } });

        var report = (await RunAsync(Clara, Question() with { Rules = new KnownRules(CompletenessRules.Default with { Clock = CompletenessClock.Source }, null, null) })).Report;

        Assert.Equal(["a", "b", null, "d"], report.Rows.Select(static r => r.Event?.Id));
        Assert.Equal([CompletenessState.InTime, CompletenessState.InTime, CompletenessState.Missing, CompletenessState.InTime], report.Rows.Select(static r => r.State));
    }

    [Fact]
    public async Task Run_Always_IsRecordedBeforeAndAfterWithTheDigestOfItsEvidence()
    {
        await AppendAsync(Event("a", 0.05, 0));

        var done = await RunAsync(Clara, Question());

        var acts = await ActsAsync(AuditActions.AuditCompleteness);
        Assert.Equal([AuditOutcome.Unknown, AuditOutcome.Success], acts.Select(static r => r.Event.Outcome));
        Assert.All(acts, static r => Assert.Equal("clara.weiss@acme.example", r.Event.Actor.Id));
        Assert.Equal(done.Receipt.Sequence, acts[1].Position.Sequence);
        var found = acts[1].Event.Details!.Value.GetProperty("found");
        Assert.Equal(3, found.GetProperty("missing").GetInt32());
        using var file = new MemoryStream();
        CompletenessEvidence.WriteNdjson(done.Report, file);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file.ToArray())), found.GetProperty("evidenceSha256").GetString());
    }

    [Fact]
    public async Task Run_ByWhoMayNot_IsRefusedInCore()
    {
        var answer = await Checks(_trail).RunAsync(Sam, Question(), CancellationToken.None);

        Assert.Contains("Compliance", Assert.IsType<CompletenessAnswer.Refused>(answer).Sentence, StringComparison.Ordinal);
        Assert.Empty(await ActsAsync(AuditActions.AuditCompleteness));
    }

    [Fact]
    public async Task Run_ResultCannotBeRecorded_IsNotShown()
    {
        var answer = await Checks(_dead).RunAsync(Clara, Question(), CancellationToken.None);

        Assert.Equal("The disk is full.", Assert.IsType<CompletenessAnswer.Refused>(answer).Sentence);
    }

    [Fact]
    public async Task Rules_SetTwice_TheLatestCountsForThisServiceAlone()
    {
        var book = new CompletenessRuleBook(_reader, _trail, new ActEvents(_time));
        var first = new CompletenessRules { Rules = [new CompletenessRule { Methods = ["POST"], Path = "/a" }] };
        var second = new CompletenessRules { Rules = [new CompletenessRule { Methods = ["PUT"], Path = "/b" }] };
        Assert.Equal(KnownRules.Default, await book.FindAsync(Facts.Checkout, CancellationToken.None));

        await book.SetAsync(Clara, Facts.Checkout, CompletenessRules.Default, first, CancellationToken.None);
        await book.SetAsync(Clara, Facts.Checkout with { Location = "us-central1" }, CompletenessRules.Default, first, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(1));
        var (known, refused) = await book.SetAsync(Clara, Facts.Checkout, first, second, CancellationToken.None);

        Assert.Null(refused);
        var found = await book.FindAsync(Facts.Checkout, CancellationToken.None);
        Assert.Equal(second, found.Rules);
        Assert.Equal(("Clara Weiss", known!.At), (found.By, found.At));
        Assert.Equal(first, (await book.FindAsync(Facts.Checkout with { Location = "us-central1" }, CancellationToken.None)).Rules);
        Assert.Equal(KnownRules.Default, await book.FindAsync(Facts.Checkout with { Service = "pricing" }, CancellationToken.None));
    }

    [Fact]
    public async Task Rules_ByWhoMayNotOrWithAMistake_AreNotSet()
    {
        var book = new CompletenessRuleBook(_reader, _trail, new ActEvents(_time));

        Assert.NotNull((await book.SetAsync(Sam, Facts.Checkout, CompletenessRules.Default, CompletenessRules.Default, CancellationToken.None)).Refused);
        Assert.NotNull((await book.SetAsync(Clara, Facts.Checkout, CompletenessRules.Default, new CompletenessRules { Rules = [] }, CancellationToken.None)).Refused);
        Assert.Equal(KnownRules.Default, await book.FindAsync(Facts.Checkout, CancellationToken.None));
    }

    [Fact]
    public async Task Evidence_Csv_GuardsWhatSpreadsheetsWouldRun()
    {
        await AppendAsync(Event("=1+1", 0.05, 0) with { Workspace = "ws" });

        // One method, so that no field of the file needs a comma of its own.
        var rules = new CompletenessRules { Rules = [new CompletenessRule { Methods = ["POST"] }] };
        var report = (await RunAsync(Clara, Question() with { Rules = new KnownRules(rules, null, null) })).Report;
        using var text = new StringWriter();
        CompletenessEvidence.WriteCsv(report, text);

        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.StartsWith("state,request,start,responseAt,method,path,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",\"'=1+1\",order.created,success,", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(static c => c == ','), line.Count(static c => c == ',')));
    }

    [Fact]
    public async Task Evidence_Ndjson_EveryLineIsAnObjectWithTheRulesFirst()
    {
        var report = (await RunAsync(Clara, Question())).Report;
        using var file = new MemoryStream();
        CompletenessEvidence.WriteNdjson(report, file);

        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonElement.Parse(l)).ToList();

        Assert.Equal("check", lines[0].GetProperty("type").GetString());
        Assert.Equal(CompletenessRules.Default, CompletenessRules.FromJson(lines[0].GetProperty("rules").GetRawText()));
        Assert.Equal(4, lines[0].GetProperty("missing").GetInt32());
        Assert.Equal(4, lines.Count(static l => l.GetProperty("type").GetString() == "request"));
    }

    private static AuditEvent Event(string id, double second, int trace) =>
        Testing.AuditTrail.AnEvent.Of(id, "order.created", workspace: "ws-101", trace: LogWorld.Trace(trace), source: "checkout", time: LogWorld.Epoch.AddSeconds(second));

    private CompletenessQuestion Question() => new()
    {
        Source = AnalysisId.Live("acme-prod"),
        Analysis = _analysis,
        Service = Facts.Checkout,
        From = LogWorld.Epoch,
        To = LogWorld.Epoch.AddMinutes(10),
        Rules = KnownRules.Default,
        Purpose = "page",
    };

    private CompletenessChecks Checks(IAuditTrail trail) => new(_reader, trail, new ActEvents(_time), _time);

    private async Task<CompletenessAnswer.Done> RunAsync(Actor actor, CompletenessQuestion question) =>
        Assert.IsType<CompletenessAnswer.Done>(await Checks(_trail).RunAsync(actor, question, CancellationToken.None));

    private Task<IReadOnlyList<AppendResult>> AppendAsync(params AuditEvent[] events) => _store.AppendAsync(events, AuditVia.Api, "checkout", CancellationToken.None);

    private async Task<List<AuditRecord>> ActsAsync(string action)
    {
        List<AuditRecord> acts = [];
        await foreach (var record in _reader.OwnActsAsync(new AuditQuery { Actions = [action] }, CancellationToken.None))
        {
            acts.Add(record);
        }

        return [.. acts.OrderBy(static r => r.Position.Sequence)];
    }
}
