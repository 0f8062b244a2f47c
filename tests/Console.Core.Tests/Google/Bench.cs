using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Testing;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

/// <summary>The real adapters, as <see cref="CoreSetup"/> wires them, before a scripted server; waits between attempts are skipped.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string EveryRegion = "/v2/projects/acme/locations/-/services";

    private readonly ServiceProvider _services;

    private Bench(ScriptedGoogle google, SkippingTime time, ServiceProvider services)
    {
        Google = google;
        Time = time;
        _services = services;
    }

    public ScriptedGoogle Google { get; }

    public SkippingTime Time { get; }

    public ICloudRun CloudRun => _services.GetRequiredService<ICloudRun>();

    public ICloudRunWriter Writer => _services.GetRequiredService<ICloudRunWriter>();

    public ILogs Logs => _services.GetRequiredService<ILogs>();

    public ICheckpointLog CheckpointLog => _services.GetRequiredService<ICheckpointLog>();

    public IProjectAccess Access => _services.GetRequiredService<IProjectAccess>();

    public static async Task<Bench> StartAsync(Action<GoogleConnection>? configure = null, IAccessTokens? tokens = null, ILoggerProvider? logs = null)
    {
        var google = await ScriptedGoogle.StartAsync();
        var time = new SkippingTime();
        var connection = new GoogleConnection
        {
            Projects = ["acme"],
            CloudRunBaseAddress = google.BaseAddress,
            LoggingBaseAddress = google.BaseAddress,
            ResourceManagerBaseAddress = google.BaseAddress,
            Credentials = GoogleCredentials.None,
        };
        configure?.Invoke(connection);
        Assert.Empty(connection.Problems());

        var services = new ServiceCollection()
            .AddLogging(builder => _ = logs is null ? builder : builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs))
            .AddSingleton<TimeProvider>(time)
            .AddOpsConsoleCore(connection);
        if (tokens is not null)
        {
            services.AddSingleton(tokens);
        }

        return new Bench(google, time, services.BuildServiceProvider());
    }

    /// <summary>Scripts the v1 list of regions.</summary>
    public Bench WithRegions(params IEnumerable<string> regions)
    {
        var items = string.Join(',', regions.Select(static r => $$"""{"name":"projects/acme/locations/{{r}}","locationId":"{{r}}"}"""));
        Google.On("/v1/projects/acme/locations", ScriptedAnswer.Json($$"""{"locations":[{{items}}]}"""));
        return this;
    }

    /// <summary>Scripts the refusal of the wildcard, as the reference promises it.</summary>
    public Bench WithoutWildcard()
    {
        Google.On(EveryRegion, ScriptedAnswer.Error(400, "INVALID_ARGUMENT", "Location '-' is not a valid Google Cloud region."));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Google.DisposeAsync();
    }
}
