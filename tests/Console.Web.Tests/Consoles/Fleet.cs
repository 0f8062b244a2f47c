using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.Access;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Processes;
using OpsConsole.Testing.Storage;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>
/// Several consoles as processes of their own on one PostgreSQL and one project: the project and the proxy's keys outlive them all.
/// Each is told apart in the database by the name of its connections.
/// </summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly IapKeyServer _keys;
    private readonly List<ConsoleProcess> _consoles = [];

    private Fleet(TestDatabase database, IapKeyServer keys, SimulatorHost google)
    {
        _database = database;
        _keys = keys;
        Google = google;
        var signals = new SealSignals();
        Trail = new Core.AuditTrail.AuditTrail(new AuditStore(database.Database, TimeProvider.System, signals));
        Writes = new RecordedWrites(database.Database, TimeProvider.System);
        Reader = new AuditReader(database.Database, TimeProvider.System, signals);
    }

    public SimulatorHost Google { get; }

    public TestDatabase Database => _database;

    public IAuditTrail Trail { get; }

    public IAuditReader Reader { get; }

    public RecordedWrites Writes { get; }

    /// <summary>Tokens as another console on the database would handle them.</summary>
    public ApiTokens Tokens => new(new ApiTokenStore(_database.Database, Writes), Trail, new ActEvents(TimeProvider.System), new ConsoleNews(), TimeProvider.System);

    public static async Task<Fleet> StartAsync(double operationSeconds = 0.2) => new(
        await TestDatabase.CreateAsync(DatabaseKind.Postgres),
        await IapKeyServer.StartAsync(),
        await SimulatorHost.StartAsync(
            new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false, OperationSeconds = operationSeconds }, TimeProvider.System, CancellationToken.None));

    /// <summary>The settings of one. They share the key that signs, as those of a deployment do.</summary>
    public Dictionary<string, string> SettingsOf(string name, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Database:Connection"] = new NpgsqlConnectionStringBuilder(_database.Connection) { ApplicationName = name }.ToString(),
            ["Projects"] = "acme-prod",
            ["Google:Credentials"] = "None",
            ["Google:CloudRunAddress"] = Google.BaseAddress.ToString(),
            ["Google:LoggingAddress"] = Google.BaseAddress.ToString(),
            ["Google:ResourceManagerAddress"] = "",
            ["Identity:Mode"] = "Iap",
            ["Identity:Iap:Audiences"] = IapKeyServer.Audience,
            ["Identity:Iap:KeysAddress"] = _keys.Address.ToString(),
            ["Roles:Sre"] = "sam@acme.example",
            ["Roles:Admin"] = "ada@acme.example",
            ["Roles:Compliance"] = "clara@acme.example",
            ["Audit:KeyFile"] = Path.Combine(_database.Folder, "audit.key"),
            ["Audit:ApiRequestsPerSecond"] = "100000",
        };
        foreach (var (key, value) in more ?? new Dictionary<string, string>())
        {
            settings[key] = value;
        }

        return settings;
    }

    /// <summary>Starts one.</summary>
    public async Task<ConsoleProcess> AddAsync(string name, IReadOnlyDictionary<string, string>? more = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var console = await ConsoleProcess.StartAsync(Path.Combine(_database.Folder, name), SettingsOf(name, more), environment);
        lock (_consoles)
        {
            _consoles.Add(console);
        }

        return console;
    }

    /// <summary>Somebody behind the proxy.</summary>
    public Visitor As(ConsoleProcess console, string email) => new(console.Address, _keys.Assertion(email));

    /// <summary>The proxy's assertion.</summary>
    public string Assertion(string email) => _keys.Assertion(email);

    /// <summary>A token that may append events to the workspace <c>billing</c>.</summary>
    public async Task<string> TokenAsync(string name)
    {
        var made = await Tokens.MakeAsync(new Actor("ada@acme.example", "Ada", [Role.Admin]), new ApiTokenRequest(name, "billing", ApiScope.AppendEvents, 1), CancellationToken.None);
        return made.Secret ?? throw new InvalidOperationException(made.Error!.Message);
    }

    /// <summary>Names of the consoles that have the sealer's place: one, or none while it changes hands.</summary>
    public Task<IReadOnlyList<string>> SealersAsync() => _database.ListAsync<string>(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = 43169308321"
        + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    /// <summary>Generation of a service: each write that took counts one up.</summary>
    public async Task<long> GenerationAsync(string service)
    {
        using var http = new HttpClient { BaseAddress = Google.BaseAddress };
        return long.Parse((string)JsonNode.Parse(await http.GetStringAsync(new Uri($"v2/{service}", UriKind.Relative)))!["generation"]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Roles as another console on the database would handle them.</summary>
    public (RoleDesk Desk, RoleBook Book) Roles()
    {
        var store = new RoleStore(_database.Database, Writes);
        var book = new RoleBook(RoleRules.None, store, new ConsoleNews(), TimeProvider.System, NullLogger<RoleBook>.Instance);
        return (new RoleDesk(book, store, Trail, new ActEvents(TimeProvider.System), TimeProvider.System), book);
    }

    /// <summary>Waits until something holds; fails after a time that is long on any machine.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var end = Environment.TickCount64 + 90_000;
        while (!await holds())
        {
            Assert.True(Environment.TickCount64 < end, $"Not within 90 s: {what}.");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var console in _consoles)
        {
            await console.DisposeAsync();
        }

        await Google.DisposeAsync();
        await _keys.DisposeAsync();
        await _database.DisposeAsync();
    }
}
