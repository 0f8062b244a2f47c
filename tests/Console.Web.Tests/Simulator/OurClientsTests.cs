using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Simulator;

/// <summary>The console's own clients against the simulator, over its socket, as in demo mode.</summary>
public sealed class OurClientsTests : IAsyncLifetime
{
    private const string Project = "acme-prod";
    private SimulatorHost _simulator = null!;
    private ServiceProvider _services = null!;

    private ICloudRun CloudRun => _services.GetRequiredService<ICloudRun>();

    public async Task InitializeAsync()
    {
        _simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions { History = TimeSpan.FromMinutes(20), LiveTraffic = false }, TimeProvider.System, CancellationToken.None);
        _services = new ServiceCollection()
            .AddLogging()
            .AddOpsConsoleCore(new GoogleConnection
            {
                Projects = [Project],
                CloudRunBaseAddress = _simulator.BaseAddress,
                LoggingBaseAddress = _simulator.BaseAddress,
                ResourceManagerBaseAddress = null,
                Credentials = GoogleCredentials.None,
            })
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Lists_OfTheWholeFleet_HaveNoFailures()
    {
        var regions = await CloudRun.ListRegionsAsync(Project, CancellationToken.None);
        var services = await CloudRun.ListServicesAsync(Project, CancellationToken.None);
        var jobs = await CloudRun.ListJobsAsync(Project, CancellationToken.None);
        var pools = await CloudRun.ListWorkerPoolsAsync(Project, CancellationToken.None);

        Assert.Equal(3, services.Items.Select(static s => s.Name.Location).Distinct(StringComparer.Ordinal).Count());
        Assert.Subset(regions.Value!.ToHashSet(StringComparer.Ordinal), services.Items.Select(static s => s.Name.Location).ToHashSet(StringComparer.Ordinal));
        Assert.Equal((12, 2, 1), (services.Items.Count, jobs.Items.Count, pools.Items.Count));
        Assert.Empty(services.Failures);
        Assert.Empty(jobs.Failures);
        Assert.Empty(pools.Failures);
    }

    [Fact]
    public async Task EachService_HasItsServingRevisionsAndReadsBackTheSame()
    {
        foreach (var listed in (await CloudRun.ListServicesAsync(Project, CancellationToken.None)).Items)
        {
            var got = await CloudRun.GetServiceAsync(listed.Name, CancellationToken.None);
            var revisions = await CloudRun.ListRevisionsAsync(listed.Name, CancellationToken.None);

            Assert.Equal(listed.Name, got.Value!.Name);
            Assert.NotEqual(ServiceState.Unknown, listed.State);
            Assert.Equal(100, listed.Serving.Sum(static s => s.Percent));
            Assert.Subset(
                revisions.Items.Select(static r => r.Name.Id).ToHashSet(StringComparer.Ordinal),
                listed.Serving.Select(static s => s.Revision).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Revisions_OfARegion_AreThoseOfItsServices()
    {
        var services = (await CloudRun.ListServicesAsync(Project, CancellationToken.None)).Items;
        var location = services[0].Name.Location;
        var expected = 0;
        foreach (var service in services.Where(s => s.Name.Location == location))
        {
            expected += (await CloudRun.ListRevisionsAsync(service.Name, CancellationToken.None)).Items.Count;
        }

        var all = await CloudRun.ListRevisionsOfRegionAsync(Project, location, CancellationToken.None);

        Assert.Equal(expected, all.Items.Count);
        Assert.Empty(all.Failures);
    }

    [Fact]
    public async Task WorkerPool_Revisions_NameTheirPool()
    {
        var pool = Assert.Single((await CloudRun.ListWorkerPoolsAsync(Project, CancellationToken.None)).Items);

        var revisions = await CloudRun.ListRevisionsAsync(pool.Name, CancellationToken.None);

        Assert.NotEmpty(revisions.Items);
        Assert.All(revisions.Items, r => Assert.Equal(pool.Name.Id, r.Name.Parent));
    }

    [Fact]
    public async Task Logs_OfAllRequests_ComeInPagesAndInOrder()
    {
        var logs = _services.GetRequiredService<ILogs>();
        List<LogEntry> entries = [];
        var pages = 0;
        await foreach (var page in logs.ReadAsync(
            new LogQuery { Project = Project, Filter = "log_id(\"run.googleapis.com/requests\")", PageSize = 200 }, CancellationToken.None))
        {
            Assert.Null(page.Error);
            entries.AddRange(page.Entries);
            if (++pages == 4)
            {
                break;
            }
        }

        Assert.NotEmpty(entries);
        Assert.All(entries, static e => Assert.NotNull(e.HttpRequest));
        Assert.Equal(entries.OrderBy(static e => e.Timestamp).Select(static e => e.Timestamp), entries.Select(static e => e.Timestamp));
        Assert.Equal(pages, logs.Quota(Project).UsedInLastMinute);
    }

    [Fact]
    public async Task Logs_FilterThatIsWrong_EndsWithGooglesWords()
    {
        var logs = _services.GetRequiredService<ILogs>();
        List<LogPage> pages = [];
        await foreach (var page in logs.ReadAsync(new LogQuery { Project = Project, Filter = "severity>=" }, CancellationToken.None))
        {
            pages.Add(page);
        }

        Assert.IsType<CloudRunError.Rejected>(Assert.Single(pages).Error);
    }

    [Fact]
    public async Task GetService_ThatIsNotThere_IsNotFound() =>
        Assert.IsType<CloudRunError.NotFound>(
            (await CloudRun.GetServiceAsync(ResourceName.Service(Project, "europe-west1", "no-such-service"), CancellationToken.None)).Error);
}
