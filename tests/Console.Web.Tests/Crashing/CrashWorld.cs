using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Storage;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Simulator;
using OpsConsole.Web.Tests.Commands.Audit;
using Answer = OpsConsole.Web.Tests.Crashing.CrashingProgram.Answer;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>
/// One database and everything around the console that outlives it: Google, a witness, a folder of anchors, and who sends events and
/// remembers what was acknowledged to them.
/// </summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    /// <summary>Workspace of the events that are sent over HTTP.</summary>
    public const string Workspace = "ws-crash";

    private const int HurriedGrace = 3;
    private const string Origin = "crash.example/audit";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly TestDatabase _database;
    private readonly SimulatorHost _google;
    private readonly RunningWitness _witness;
    private readonly DirectoryInfo _outside;
    private readonly HashSet<string> _acknowledged = new(StringComparer.Ordinal);
    private readonly List<string> _log = [];
    private HttpClient _http = new();
    private CrashingProcess? _console;
    private string _token = "";
    private int _events;
    private int _numbers = 100;

    private CrashWorld(TestDatabase database, SimulatorHost google, RunningWitness witness, DirectoryInfo outside)
    {
        (_database, _google, _witness, _outside) = (database, google, witness, outside);
        Reader = new AuditReader(database.Database, TimeProvider.System, new SealSignals());
    }

    /// <summary>Which database.</summary>
    public DatabaseKind Kind => _database.Database.Kind;

    /// <summary>The database, for looking and for tampering.</summary>
    public TestDatabase Database => _database;

    /// <summary>Reads the trail without the console.</summary>
    public AuditReader Reader { get; }

    /// <summary>The simulated project, over HTTP.</summary>
    public HttpClient Google { get; private set; } = new();

    /// <summary>A service whose changes take a second person, by full name.</summary>
    public string Guarded { get; private set; } = "";

    /// <summary>The other services.</summary>
    public IReadOnlyList<string> Services { get; private set; } = [];

    /// <summary>What was sent last and got no answer.</summary>
    public IReadOnlyList<string> Unanswered { get; private set; } = [];

    /// <summary>Looks that are due at the end, when everything has settled.</summary>
    public List<(CrashStep Step, Func<Task> Look)> Later { get; } = [];

    /// <summary>Folder for files of a case.</summary>
    public string Files => _outside.FullName;

    /// <summary>Makes one, without a console.</summary>
    public static async Task<CrashWorld> CreateAsync(DatabaseKind kind)
    {
        var database = await TestDatabase.CreateAsync(kind);
        var outside = Directory.CreateTempSubdirectory("opsconsole-crash-");
        var key = LogKeys.Open(Path.Combine(database.Folder, "audit.key"), Origin).VerifierKeys[0];
        var world = new CrashWorld(
            database,
            await SimulatorHost.StartAsync(new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false, OperationSeconds = 0.5 }, TimeProvider.System, default),
            await RunningWitness.StartAsync(Path.Combine(outside.FullName, "witness"), log: key),
            outside);
        world.Google.BaseAddress = world._google.BaseAddress;

        // Each start reads Google's log, and a quick machine starts the console often.
        using var quota = await world.Google.PostAsJsonAsync("simulator/logging", new JsonObject { ["readsPerMinute"] = 100_000 });
        quota.EnsureSuccessStatusCode();
        var fleet = await world.Google.GetFromJsonAsync<JsonObject>($"v2/projects/{GoogleWiring.DemoProject}/locations/-/services");
        var services = fleet!["services"]!.AsArray().ToLookup(static s => s!["labels"]?["opsconsole-approval"] is not null, static s => (string)s!["name"]!);
        (world.Services, world.Guarded) = ([.. services[false]], services[true].First());
        return world;
    }

    /// <summary>A number that nobody had before: what a change changes is told apart by it.</summary>
    public int NextNumber() => ++_numbers;

    /// <summary>Settings of the console, as on its command line.</summary>
    public IReadOnlyList<string> Settings() =>
    [
        $"Google:CloudRunAddress={_google.BaseAddress}", $"Google:LoggingAddress={_google.BaseAddress}", "Google:ResourceManagerAddress=", "Google:TokenInfoAddress=",
        "Google:Credentials=None", $"Audit:Origin={Origin}", $"Audit:AnchorFolders:0={Path.Combine(_outside.FullName, "anchors")}",
        $"Audit:Witnesses:0={_witness.Server.Prefix} {_witness.Key}", "Changes:BulkParallelism=1",
        .. Kind == DatabaseKind.Postgres ? [$"Database:Connection={_database.Connection}"] : Array.Empty<string>(),
    ];

    /// <summary>Starts the console and waits until it answers.</summary>
    /// <param name="graceSeconds">After so long a change that cannot be seen counts as never sent.</param>
    public async Task StartAsync(int graceSeconds = HurriedGrace)
    {
        _console = CrashingProcess.Start(["drive", _database.Folder, graceSeconds.ToString(CultureInfo.InvariantCulture), .. Settings()]);
        var up = await _console.AnswerAsync() ?? throw new InvalidOperationException($"The console did not start:\n{_console.Output}");
        _http.Dispose();
        _http = new HttpClient { BaseAddress = new Uri(up.Text), Timeout = Long };
        if (_token.Length == 0)
        {
            _token = (await DoAsync("token", "crash-test"))!.Text;
        }
    }

    /// <summary>Starts the console with an armed step, and waits until it is dead.</summary>
    public async Task StartAndDieAsync(CrashStep step)
    {
        await using var console = CrashingProcess.Start(["--crash-at", step.ToString(), "drive", _database.Folder, HurriedGrace.ToString(CultureInfo.InvariantCulture), .. Settings()]);
        await console.DiedAsync();
    }

    /// <summary>Runs a verb with an armed step beside the console, and waits until it is dead.</summary>
    public async Task RunAndDieAsync(CrashStep step, params string[] verb)
    {
        await using var process = CrashingProcess.Start(["--crash-at", step.ToString(), .. verb, "--data", _database.Folder, .. Settings().SelectMany(static s => new[] { "--set", s })]);
        await process.DiedAsync();
    }

    /// <summary>Tells the console to do something that succeeds; null where it died over it.</summary>
    public async Task<Answer?> DoAsync(params string[] words)
    {
        var answer = await _console!.DoAsync(words);
        Assert.True(answer is null or { Ok: true }, $"{string.Join(' ', words)}: {answer?.Text}\n{_console.Output}");
        return answer;
    }

    /// <summary>The same where the answer may be no.</summary>
    public Task<Answer?> TryAsync(params string[] words) => _console!.DoAsync(words);

    /// <summary>Waits until the console was killed by its armed step.</summary>
    public async Task DiedAsync()
    {
        await _console!.DiedAsync();
        await KillAsync();
    }

    /// <summary>Kills the console, wherever it is; one that is dead stays so.</summary>
    public async Task KillAsync()
    {
        if (_console is not null)
        {
            await _console.DisposeAsync();
            _console = null;
        }
    }

    /// <summary>Sends new events, as an application does; remembers which were acknowledged.</summary>
    public async Task<bool> AppendAsync(int count, bool untilSealed = false)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(_ => string.Create(CultureInfo.InvariantCulture, $"{Kind}-{++_events}"))];
        Unanswered = ids;
        return await SendAsync(ids, untilSealed) is not null;
    }

    /// <summary>Sends again what got no answer, as an application does. Gives what became of each.</summary>
    public async Task<IReadOnlyList<string>> AgainAsync()
    {
        var statuses = await SendAsync(Unanswered, untilSealed: true) ?? throw new InvalidOperationException("No answer.");
        Unanswered = [];
        return statuses;
    }

    /// <summary>The last event that was acknowledged.</summary>
    public string LastEvent => string.Create(CultureInfo.InvariantCulture, $"{Kind}-{_events}");

    /// <summary>Polls until something is so.</summary>
    public async Task UntilAsync(string what, Func<Task<string?>> whyNot)
    {
        var end = TimeProvider.System.GetUtcNow() + Long;
        while (await whyNot() is { } why)
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, $"{what}: {why}\n{string.Join('\n', _log)}\n{_console?.Output}");
            await Task.Delay(Look);
        }
    }

    /// <summary>Waits until the console says this of a change.</summary>
    public Task ChangeIsAsync(string id, string prefix) =>
        UntilAsync($"change {id}", async () => await TryAsync("look", id) is { } answer && answer.Text.StartsWith(prefix, StringComparison.Ordinal) ? null : $"not '{prefix}' but '{(await TryAsync("look", id))?.Text}'");

    /// <summary>The console's own events with an action, oldest first.</summary>
    public async Task<IReadOnlyList<AuditRecord>> OwnAsync(string action, string? resource = null)
    {
        var found = new List<AuditRecord>();
        await foreach (var record in Reader.OwnActsAsync(new AuditQuery { Actions = [action], ResourceIds = resource is null ? [] : [resource] }, default))
        {
            if (record.Position.Via == AuditVia.Console)
            {
                found.Add(record);
            }
        }

        return [.. found.OrderBy(static r => r.Position.Sequence)];
    }

    /// <summary>Id of the newest intent on a resource.</summary>
    public async Task<string> NewestIntentAsync(string resource) => (await OwnAsync(AuditActions.ChangeIntent, resource))[^1].Event.Id;

    /// <summary>The writes of a resource that reached Google, by the state that they were planned on; oldest first.</summary>
    public async Task<IReadOnlyList<(string Resource, string Etag, DateTimeOffset At)>> WritesAsync(string? resource = null)
    {
        var body = new JsonObject
        {
            ["resourceNames"] = new JsonArray($"projects/{GoogleWiring.DemoProject}"),
            ["filter"] = $"logName=\"projects/{GoogleWiring.DemoProject}/logs/cloudaudit.googleapis.com%2Factivity\"",
            ["orderBy"] = "timestamp asc",
            ["pageSize"] = 1000,
        };
        using var answer = await Google.PostAsJsonAsync("v2/entries:list", body);
        answer.EnsureSuccessStatusCode();
        var entries = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["entries"]?.AsArray() ?? [];
        return
        [
            .. entries
                .Where(static e => (string?)e!["protoPayload"]?["request"]?["service"]?["etag"] is not null || (string?)e["protoPayload"]?["request"]?["etag"] is not null)
                .Select(static e => (
                    Resource: (string)e!["protoPayload"]!["resourceName"]!,
                    Etag: (string?)e["protoPayload"]!["request"]!["service"]?["etag"] ?? (string)e["protoPayload"]!["request"]!["etag"]!,
                    At: DateTimeOffset.Parse((string)e["timestamp"]!, CultureInfo.InvariantCulture)))
                .Where(w => resource is null || w.Resource == resource),
        ];
    }

    /// <summary>What must hold after every start: events are taken and sealed, and the trail verifies with what is held outside.</summary>
    public async Task HoldsAsync(CrashStep step)
    {
        _log.Add($"{step}: up again");
        if (Unanswered.Count > 0)
        {
            await AgainAsync();
        }

        Assert.True(await AppendAsync(1, untilSealed: true), $"{step}: the console does not take events.\n{_console!.Output}");
        Assert.Equal("", await ProblemsAsync());
        var receipts = (await _database.ListAsync<string>($"SELECT id FROM audit.receipt WHERE workspace = '{Workspace}'")).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(_acknowledged.Except(receipts));
    }

    /// <summary>What <c>audit verify</c> says; empty for no problems.</summary>
    public async Task<string> ProblemsAsync()
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var settings = new CommandLineSettings { Data = _database.Folder, Set = Settings() };
        var code = await VerifyLogCommand.RunAsync(new VerifyLogArguments(settings, null, null, Full: true, null, [], []), output, errors, isTerminal: false, default);
        return code == 0 ? "" : $"exit code {code}: {output}{errors}";
    }

    /// <summary>What must hold in the end: nothing acknowledged is lost, nothing is there twice, and each write of Google has its record before it.</summary>
    public async Task HoldsInTheEndAsync()
    {
        await UntilAsync("all is sealed and indexed", async () =>
            await CountAsync("FROM audit.inbox") is var waiting and > 0 ? $"{waiting} wait"
            : await CountAsync("FROM audit.leaf") - await _database.ScalarAsync<long>("SELECT value FROM audit.progress WHERE name = 'indexed'") is var left and > 0 ? $"{left} are not indexed"
            : null);
        Assert.Equal(0, await CountAsync("FROM (SELECT seq FROM audit.leaf WHERE seq IS NOT NULL GROUP BY seq HAVING count(*) > 1) twice"));
        Assert.Equal(0, await CountAsync("FROM audit.receipt r WHERE NOT EXISTS (SELECT 1 FROM audit.leaf l WHERE l.seq = r.seq)"));
        Assert.Equal(await CountAsync("FROM audit.receipt"), await CountAsync("FROM audit.search"));

        var sealedIds = await _database.ListAsync<string>($"SELECT event_id FROM audit.search WHERE workspace = '{Workspace}'");
        Assert.Equal(sealedIds.Count, sealedIds.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(_acknowledged.Except(sealedIds));

        var intents = (await OwnAsync(AuditActions.ChangeIntent)).Select(static r => (r.Event.Resource!.Id, Etag: r.Event.Details!.Value.GetProperty("etag").GetString(), r.Position.RecordedAt)).ToList();
        var ours = await WritesAsync();
        foreach (var writes in ours.GroupBy(static w => (w.Resource, w.Etag)))
        {
            var recorded = intents.Where(i => i.Id == writes.Key.Resource && i.Etag == writes.Key.Etag).ToList();
            Assert.True(writes.Count() <= recorded.Count, $"{writes.Count()} writes of {writes.Key}, and {recorded.Count} intents.");
            Assert.All(writes.Zip(recorded.OrderBy(static r => r.RecordedAt)), static pair => Assert.True(pair.First.At >= pair.Second.RecordedAt, $"{pair} is the wrong way round."));
        }

        Assert.Equal("", await ProblemsAsync());
    }

    /// <summary>Number of rows.</summary>
    public Task<long> CountAsync(string from) => _database.ScalarAsync<long>($"SELECT count(*) {from}");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        Google.Dispose();
        await _witness.DisposeAsync();
        await _google.DisposeAsync();
        await _database.DisposeAsync();
        _outside.Delete(recursive: true);
    }

    private async Task<IReadOnlyList<string>?> SendAsync(IReadOnlyList<string> ids, bool untilSealed)
    {
        IReadOnlyList<string>? statuses = null;
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, untilSealed ? "/api/v1/audit/events?wait=sealed&timeout=30" : "/api/v1/audit/events");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            request.Content = new StringContent($"[{string.Join(',', ids.Select(static id => AuditEventWriter.Print(AnEvent.Of(id, workspace: Workspace))))}]", Encoding.UTF8, "application/json");
            HttpResponseMessage answer;
            try
            {
                answer = await _http.SendAsync(request);
            }
            catch (HttpRequestException)
            {
                return null;
            }

            using (answer)
            {
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Accepted, $"{answer.StatusCode} {text}");
                Unanswered = [];
                _acknowledged.UnionWith(ids);
                statuses ??= [.. JsonNode.Parse(text)!["results"]!.AsArray().Select(static r => (string)r!["status"]!)];

                // 202: recorded, and not sealed in time on a busy machine.
                if (answer.StatusCode != HttpStatusCode.Accepted)
                {
                    return statuses;
                }
            }
        }
    }
}
