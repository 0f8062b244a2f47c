using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.History;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Google;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Changes;
using OpsConsole.Testing.Consoles;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>
/// Changes as <see cref="CoreSetup"/> wires them, before the simulator on a real socket. A second bench on the same simulator
/// and trail is a second console, or the same one after a restart.
/// </summary>
internal sealed class ChangeBench : IAsyncDisposable
{
    public static readonly Actor Sam = new("sam@acme.example", "Sam", [Role.Sre]);
    public static readonly Actor Kim = new("kim@acme.example", "Kim", [Role.Sre]);
    public static readonly Actor Ines = new("ines@acme.example", "Ines", [Role.Approver]);
    public static readonly Actor Vera = new("vera@acme.example", "Vera", [Role.Viewer]);

    private readonly OwnActsInMemory _reader;
    private readonly ServiceProvider _services;
    private readonly SimulatorHost? _owned;

    private ChangeBench(SimulatorHost simulator, bool owns, AuditTrailInMemory trail, TimeProvider time, ConsolesInMemory consoles, ApprovalPolicy? approvals = null, (IAuditTrail Trail, IAuditReader Reader)? stored = null, TimeSpan? sendWithin = null)
    {
        Consoles = consoles;
        Simulator = simulator;
        _owned = owns ? simulator : null;
        Trail = trail;
        _reader = new OwnActsInMemory(trail);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time)
            .AddSingleton<IConsoles>(_ => consoles)
            .AddSingleton<ITurns>(_ => consoles)
            .AddSingleton(stored?.Trail ?? trail)
            .AddSingleton(stored?.Reader ?? _reader)
            .AddOpsConsoleCore(new GoogleConnection
            {
                Projects = ["acme-prod"],
                CloudRunBaseAddress = simulator.BaseAddress,
                LoggingBaseAddress = simulator.BaseAddress,
                ResourceManagerBaseAddress = null,
                Credentials = GoogleCredentials.None,
                Timeout = TimeSpan.FromSeconds(5),
                RetryDelay = TimeSpan.FromMilliseconds(10),
            })
            .AddChanges(
                ChangeRules.Default with { LongestDeployment = TimeSpan.FromSeconds(4), SendWithin = sendWithin ?? ChangeRules.Default.SendWithin },
                approvals,
                BulkRules.Default)
            .AddChangeReceipts(ReceiptRules.Default)
            .AddSingleton<IChangeVerdicts>(Verdicts)
            .AddSingleton<ITrafficHealth>(Health)
            .AddSingleton<FleetCache>()
            .BuildServiceProvider();
        _services.GetRequiredService<TrafficMover>();
        Http = new HttpClient { BaseAddress = simulator.BaseAddress };
    }

    public SimulatorHost Simulator { get; }

    public ConsolesInMemory Consoles { get; }

    public VerdictsInMemory Verdicts { get; } = new();

    public HealthInMemory Health { get; } = new();

    public ApprovalDesk Approvals => _services.GetRequiredService<ApprovalDesk>();

    public ApprovalBook Book => _services.GetRequiredService<ApprovalBook>();

    public BulkPlanner BulkPlanner => _services.GetRequiredService<BulkPlanner>();

    public BulkRunner BulkRunner => _services.GetRequiredService<BulkRunner>();

    public BulkBoard BulkBoard => _services.GetRequiredService<BulkBoard>();

    public BulkHistory BulkHistory => _services.GetRequiredService<BulkHistory>();

    public TrafficMover Mover => _services.GetRequiredService<TrafficMover>();

    public MoveHistory Moves => _services.GetRequiredService<MoveHistory>();

    public ConnectionBudgets Connections => _services.GetRequiredService<ConnectionBudgets>();

    public AuditTrailInMemory Trail { get; }

    public HttpClient Http { get; }

    /// <summary>The sentence with which the trail refuses to be read; null while it works.</summary>
    public string? ReadsFail
    {
        get => _reader.Dead;
        set => _reader.Dead = value;
    }

    public ChangeDesk Desk => _services.GetRequiredService<ChangeDesk>();

    public ChangeRunner Runner => _services.GetRequiredService<ChangeRunner>();

    public ChangeBoard Board => _services.GetRequiredService<ChangeBoard>();

    public ChangeHistory History => _services.GetRequiredService<ChangeHistory>();

    public ChangeReceipts Receipts => _services.GetRequiredService<ChangeReceipts>();

    public HistoryReader Histories => _services.GetRequiredService<HistoryReader>();

    public FleetCache Fleet => _services.GetRequiredService<FleetCache>();

    public ReceiptRunner ReceiptRunner => _services.GetRequiredService<ReceiptRunner>();

    public ICloudRun CloudRun => _services.GetRequiredService<ICloudRun>();

    public static ResourceName Service(string name, string region = "europe-west1") => ResourceName.Service("acme-prod", region, name);

    public static async Task<ChangeBench> StartAsync(double operationSeconds = 0.2, ApprovalPolicy? approvals = null) => new(
        await SimulatorHost.StartAsync(
            new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false, OperationSeconds = operationSeconds }, TimeProvider.System, CancellationToken.None),
        owns: true,
        new AuditTrailInMemory(),
        TimeProvider.System,
        new ConsolesInMemory(),
        approvals);

    /// <summary>Another console on the same project and trail.</summary>
    public ChangeBench Another(TimeProvider? time = null, string console = "console-2", ApprovalPolicy? approvals = null, TimeSpan? sendWithin = null) =>
        new(Simulator, owns: false, Trail, time ?? TimeProvider.System, Consoles.Another(console), approvals, sendWithin: sendWithin);

    /// <summary>Another console on the same project, with a trail in a database.</summary>
    public ChangeBench AnotherOn(IAuditTrail trail, IAuditReader reader, string console) =>
        new(Simulator, owns: false, Trail, TimeProvider.System, Consoles.Another(console), stored: (trail, reader));

    /// <summary>Writes a service behind the console's back.</summary>
    public async Task PatchAsync(ResourceName resource, string mask, object body)
    {
        using var answer = await Http.PatchAsJsonAsync(new Uri($"v2/{resource.Value}?updateMask={mask}", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        while ((await ReadAsync(resource)).Reconciling)
        {
            await Task.Delay(20);
        }
    }

    public async Task FaultAsync(object fault)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri("simulator/faults", UriKind.Relative), fault);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<Plan> PlanAsync(ResourceName resource, Change change) =>
        Assert.IsType<Planning.Ready>((await Desk.PlanAsync(resource, change, CancellationToken.None)).Planning).Plan;

    /// <summary>A change that somebody makes without the console: a PATCH with a program of their own.</summary>
    public async Task PatchElsewhereAsync(ResourceName resource, string mask, string body, string program = "curl/8.9.1", string account = "dev@acme.example")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri($"v2/{resource.Value}?updateMask={mask}", UriKind.Relative))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd(program);
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", account);
        using var answer = await Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Plans, applies, and waits for the end.</summary>
    public async Task<ChangeRun> ApplyAsync(ResourceName resource, Change change)
    {
        var start = await Runner.StartAsync(Sam, await PlanAsync(resource, change), "because", null, CancellationToken.None);
        Assert.Null(start.Error);
        await Runner.IdleAsync();
        return Board.Find(start.Run!.Id)!;
    }

    public async Task<Service> ReadAsync(ResourceName service) => (await CloudRun.GetServiceAsync(service, CancellationToken.None)).Value!;

    /// <summary>Waits for a state of checkout.</summary>
    public async Task UntilAsync(Func<CloudResult<Service>, bool> holds)
    {
        while (!holds(await CloudRun.GetServiceAsync(Service("checkout"), CancellationToken.None)))
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Each write that took counts one up.</summary>
    public async Task<long> GenerationAsync(ResourceName service) => (await ReadAsync(service)).Generation;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Consoles.Dispose();
        Http.Dispose();
        if (_owned is not null)
        {
            await _owned.DisposeAsync();
        }
    }
}
