using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Google;
using OpsConsole.Core.Storage;
using OpsConsole.Testing;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

/// <summary>The catalog as <see cref="CoreSetup"/> wires it, before a scripted server, on a clock that the test moves.</summary>
internal sealed class CatalogBench : IAsyncDisposable
{
    public const string List = "/v2/entries:list";

    /// <summary>Unlike any other wait in the console, so that a test can tell whose wait it sees.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(7);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-");
    private ServiceProvider _services = default!;

    private CatalogBench(ScriptedGoogle google) => Google = google;

    public ScriptedGoogle Google { get; }

    public ManualTimeProvider Time { get; } = new(Entries.Nine);

    public AnalysisCatalog Catalog => _services.GetRequiredService<AnalysisCatalog>();

    public string Uploads => Path.Combine(_folder.FullName, "uploads");

    public string Windows => Path.Combine(_folder.FullName, "windows");

    public static async Task<CatalogBench> StartAsync()
    {
        var bench = new CatalogBench(await ScriptedGoogle.StartAsync());
        bench.Wire();
        return bench;
    }

    /// <summary>As after a restart of the console: the same folders, nothing else.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        Wire();
    }

    public AnalysisSource Find(AnalysisId id) => (AnalysisSource)Catalog.Find(id)!;

    /// <summary>A file as the upload endpoint leaves it.</summary>
    public string Part(byte[] content)
    {
        Directory.CreateDirectory(Uploads);
        var path = Path.Combine(Uploads, $"{Guid.NewGuid():N}.part");
        File.WriteAllBytes(path, content);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Google.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Wire() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Time)
        .AddSingleton(new ConsoleDatabase(Path.Combine(_folder.FullName, "console.db")))
        .AddOpsConsoleCore(new GoogleConnection
        {
            Projects = ["acme"],
            CloudRunBaseAddress = Google.BaseAddress,
            LoggingBaseAddress = Google.BaseAddress,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
        })
        .AddBackgroundActivity(_ => new SourceSettings
        {
            UploadFolder = Uploads,
            WindowFolder = Windows,
            Poll = Poll,
            LiveWindow = TimeSpan.FromMinutes(5),
            LingerAfterLastReader = TimeSpan.FromSeconds(5),
            UploadLimitBytes = 16 * 1024 * 1024,
        })
        .BuildServiceProvider();
}
