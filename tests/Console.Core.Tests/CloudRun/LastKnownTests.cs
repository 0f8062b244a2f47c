using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class LastKnownTests
{
    private static readonly CloudRunError Down = new CloudRunError.Unavailable("Cloud Run", "503.");
    private readonly FakeCloudRun _cloudRun = new() { Services = { Build.Service() } };
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Services_WhileGoogleFails_AreThoseThatWereKnown_WithTheirAge()
    {
        var cache = new FleetCache(_cloudRun, _time);
        var good = await ReadAsync(cache);

        _cloudRun.Services.Clear();
        _cloudRun.Failures.Add(new RegionFailure(Build.Project, "", Down));
        _time.Advance(TimeSpan.FromMinutes(3));
        var failed = await cache.ServicesAsync(fresh: true, CancellationToken.None);
        var shown = LastKnown.Of(failed, static s => s.Name);

        // What decides gets what was read; what is shown is the rest.
        Assert.Empty(failed.Value.Items);
        Assert.Equal((good.Value.Items[0], good.At), (Assert.Single(shown.Value.Items), shown.At));
        Assert.Equal(Down, Assert.Single(shown.Value.Failures).Error);

        // A second failure forgets nothing; an hour does.
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Single((await ReadAsync(cache)).Value.Items);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty((await ReadAsync(cache)).Value.Items);
    }

    [Fact]
    public async Task Services_OfARegionThatAnswers_AreNotMixedWithOldOnes()
    {
        var cache = new FleetCache(_cloudRun, _time);
        var location = (await ReadAsync(cache)).Value.Items[0].Name.Location;

        // It was deleted, and another region is down.
        _cloudRun.Services.Clear();
        _cloudRun.Failures.Add(new RegionFailure(Build.Project, location + "-other", Down));
        Assert.Empty((await ReadAsync(cache)).Value.Items);
    }

    [Fact]
    public async Task Services_ThatMayNotBeSeenAnyMore_AreNotShown()
    {
        var cache = new FleetCache(_cloudRun, _time);
        await ReadAsync(cache);

        _cloudRun.Services.Clear();
        _cloudRun.Failures.Add(new RegionFailure(Build.Project, "", new CloudRunError.PermissionDenied("run.services.list", "acme", "no")));
        Assert.Empty((await ReadAsync(cache)).Value.Items);
    }

    private static async Task<Reading<Fleet<Service>>> ReadAsync(FleetCache cache) =>
        LastKnown.Of(await cache.ServicesAsync(fresh: true, CancellationToken.None), static s => s.Name);
}
