using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class FleetCacheTests
{
    private readonly FakeCloudRun _cloudRun = new() { Services = { Build.Service() } };
    private readonly ManualTime _time = new();

    [Fact]
    public async Task ServicesAsync_ManyReadersAtOnce_MakeOneCall()
    {
        _cloudRun.Gate = new TaskCompletionSource();
        var cache = new FleetCache(_cloudRun, _time);

        var readers = Enumerable.Range(0, 50).Select(_ => cache.ServicesAsync(fresh: false, CancellationToken.None)).ToList();
        _cloudRun.Gate.SetResult();
        await Task.WhenAll(readers);

        Assert.Equal(1, _cloudRun.Calls(nameof(ICloudRun.ListServicesAsync)));
    }

    [Fact]
    public async Task ServicesAsync_WithinSeconds_ServesTheKeptAnswer_AndReadsAgainAfter()
    {
        var cache = new FleetCache(_cloudRun, _time);

        var first = await cache.ServicesAsync(fresh: false, CancellationToken.None);
        _time.Advance(FleetCache.Keep - TimeSpan.FromSeconds(1));
        var second = await cache.ServicesAsync(fresh: false, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2));
        var third = await cache.ServicesAsync(fresh: false, CancellationToken.None);

        Assert.Equal(first.At, second.At);
        Assert.True(third.At > second.At);
        Assert.Equal(2, _cloudRun.Calls(nameof(ICloudRun.ListServicesAsync)));
    }

    [Fact]
    public async Task ServicesAsync_Fresh_ReadsAgain()
    {
        var cache = new FleetCache(_cloudRun, _time);

        await cache.ServicesAsync(fresh: false, CancellationToken.None);
        await cache.ServicesAsync(fresh: true, CancellationToken.None);

        Assert.Equal(2, _cloudRun.Calls(nameof(ICloudRun.ListServicesAsync)));
    }

    [Fact]
    public async Task ServicesAsync_OneReaderLeaves_TheOthersKeepTheirCall()
    {
        _cloudRun.Gate = new TaskCompletionSource();
        var cache = new FleetCache(_cloudRun, _time);
        using var leaving = new CancellationTokenSource();

        var leaver = cache.ServicesAsync(fresh: false, leaving.Token);
        var stayer = cache.ServicesAsync(fresh: false, CancellationToken.None);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        _cloudRun.Gate.SetResult();

        Assert.Single((await stayer).Value.Items);
        Assert.Equal(0, _cloudRun.Cancelled);
    }

    [Fact]
    public async Task ServicesAsync_LastReaderLeaves_GivesTheCallUp_AndTheNextReadsAnew()
    {
        _cloudRun.Gate = new TaskCompletionSource();
        var cache = new FleetCache(_cloudRun, _time);
        using var leaving = new CancellationTokenSource();

        var reader = cache.ServicesAsync(fresh: false, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader);
        _cloudRun.Gate = null;

        Assert.Single((await cache.ServicesAsync(fresh: false, CancellationToken.None)).Value.Items);
    }

    [Fact]
    public async Task ServicesAsync_SeveralProjects_JoinsItemsAndFailures()
    {
        _cloudRun.Projects = [Build.Project, "other-project"];
        _cloudRun.Services.Add(Build.Service("shop", project: "other-project"));
        _cloudRun.Failures.Add(new RegionFailure("other-project", "us-east1", new CloudRunError.Unavailable("us-east1", "timed out.")));
        var cache = new FleetCache(_cloudRun, _time);

        var read = await cache.ServicesAsync(fresh: false, CancellationToken.None);

        Assert.Equal(["checkout", "shop"], read.Value.Items.Select(static s => s.Name.Id));
        Assert.Single(read.Value.Failures);
    }
}
