using OpsConsole.Testing;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Tests.Simulator.Workload;

/// <summary>Settings that change while the service runs.</summary>
public sealed class WorkloadChangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider time = new(Now);
    private readonly LogStore store;

    public WorkloadChangeTests() => store = new LogStore(time);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void CpuAlwaysAllocated_OnANewRevision_NothingIsLostThereAnyMore(int seed)
    {
        var old = TestFleet.One("checkout", Now);
        var fleet = new TestFleet(TestFleet.Service("checkout", "europe-west1", old));
        var runner = new WorkloadRunner(fleet, store, time, seed);
        runner.BackfillTo(Now, TimeSpan.FromHours(6));

        var cured = Deploy(fleet, "checkout", old, r => r with { CpuIdle = false });
        runner.AdvanceTo(Now.AddHours(6));

        var before = Report(runner, "checkout", old.Name);
        var after = Report(runner, "checkout", cured.Name);
        Assert.True(before.RecordsLost > 0);
        Assert.True(before.ResumedEntries > 0);
        Assert.True(after.RecordsBegun > 50);
        Assert.Equal(0, after.RecordsLost);
        Assert.Equal(0, after.ResumedEntries);
        Assert.True(after.AfterResponseEntries > 50);
        Assert.Equal("has CPU", after.Verdict);
    }

    [Fact]
    public void NewRevision_TakesOver_OldInstancesAreDisabled()
    {
        var old = TestFleet.One("storefront", Now) with { MinInstances = 1 };
        var fleet = new TestFleet(TestFleet.Service("storefront", "asia-northeast1", old));
        var runner = new WorkloadRunner(fleet, store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromHours(1));

        var next = Deploy(fleet, "storefront", old, r => r);
        runner.AdvanceTo(Now.AddHours(1));

        Assert.Contains(Of(old.Name), r => r.TextPayload == "Shutting down user disabled instance");
        Assert.Contains(Of(next.Name), r => r.TextPayload!.Contains("DEPLOYMENT_ROLLOUT", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Of(old.Name), r => r.HttpRequest is not null && r.HttpRequest.Status != 101 && r.Timestamp > EntryTime.FromDateTimeOffset(Now.AddMinutes(2)));
    }

    [Fact]
    public void RevisionThatNeverStarts_ProbeFailsAndServesNothing()
    {
        var old = TestFleet.One("storefront", Now);
        var fleet = new TestFleet(TestFleet.Service("storefront", "asia-northeast1", old));
        var runner = new WorkloadRunner(fleet, store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromMinutes(10));
        var broken = TestFleet.One("storefront", Now, 2) with { Created = Now, ReadyAt = null, Percent = 0 };

        fleet.Set(TestFleet.Service("storefront", "asia-northeast1", old, broken));
        runner.AdvanceTo(Now.AddMinutes(10));

        Assert.Contains(Of(broken.Name), r => r.TextPayload!.StartsWith("STARTUP HTTP probe failed", StringComparison.Ordinal));
        Assert.DoesNotContain(Of(broken.Name), r => r.HttpRequest is not null);
    }

    [Fact]
    public void ManualScaling_KeepsExactlySoMany()
    {
        var revision = TestFleet.One("partner-gateway", Now) with { ManualInstances = 2 };
        var fleet = new TestFleet(TestFleet.Service("partner-gateway", "us-central1", revision));
        var runner = new WorkloadRunner(fleet, store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromHours(3));

        Assert.Equal(2, Instances(runner, "partner-gateway"));

        fleet.Set(TestFleet.Service("partner-gateway", "us-central1", revision with { ManualInstances = 3 }));
        runner.AdvanceTo(Now.AddHours(1));
        Assert.Equal(3, Instances(runner, "partner-gateway"));
    }

    [Fact]
    public void MaxInstances_Raised_FewerAreTurnedAway()
    {
        var revision = TestFleet.One("search", Now) with { MaxInstances = 1, Concurrency = 4 };
        var fleet = new TestFleet(TestFleet.Service("search", "us-central1", revision));
        var runner = new WorkloadRunner(fleet, store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromHours(12));
        var before = Report(runner, "search", revision.Name).Refused;

        fleet.Set(TestFleet.Service("search", "us-central1", revision with { MaxInstances = 60 }));
        runner.AdvanceTo(Now.AddHours(12));

        Assert.True(before > 0);
        Assert.Equal(before, Report(runner, "search", revision.Name).Refused);
    }

    [Fact]
    public void ServiceDeleted_NoMoreRequests()
    {
        var fleet = new TestFleet(TestFleet.Service("catalog", "europe-west1", TestFleet.One("catalog", Now)));
        var runner = new WorkloadRunner(fleet, store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromHours(1));

        fleet.Delete("catalog");
        runner.AdvanceTo(Now.AddMinutes(1));
        var count = store.Count;
        runner.AdvanceTo(Now.AddHours(2));

        Assert.InRange(store.Count - count, 0, 30);
        Assert.DoesNotContain(Of("catalog-00001-abc"), r => r.HttpRequest is not null && r.Timestamp > EntryTime.FromDateTimeOffset(Now.AddMinutes(5)));
    }

    [Fact]
    public async Task Run_OnTheGivenClock_AddsLiveEntriesAfterTheHistory()
    {
        var fleet = new TestFleet(TestFleet.Service("storefront", "asia-northeast1", TestFleet.One("storefront", Now)));
        var runner = new WorkloadRunner(fleet, store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromMinutes(30));
        var before = store.Count;
        using var stop = new CancellationTokenSource();

        var running = runner.RunAsync(stop.Token);
        while (store.Count < before + 20)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
        Assert.True(store.Count > before);
    }

    private static WorkloadRevision Deploy(TestFleet fleet, string service, WorkloadRevision old, Func<WorkloadRevision, WorkloadRevision> change)
    {
        var location = fleet.Snapshot().Single(s => s.Name == service).Location;
        var next = change(old with { Name = $"{service}-00002-new", Created = Now, ReadyAt = Now.AddSeconds(5) });
        fleet.Set(TestFleet.Service(service, location, old with { Percent = 0 }, next));
        return next;
    }

    private static TruthReport Report(WorkloadRunner runner, string service, string revision) => runner.Read(all =>
    {
        var s = all[service];
        var settings = s.Revisions.Single(r => r.Name == revision);
        return TruthReport.Of(service, s.World.Location, revision, settings.CpuIdle, s.World.Truth, long.MinValue, long.MaxValue);
    });

    private static int Instances(WorkloadRunner runner, string service) =>
        runner.Read(all => all[service].World.Truth.Entries.Select(e => e.Instance).Distinct().Count());

    private List<LogRecord> Of(string revision)
    {
        var found = new List<LogRecord>();
        store.Visit(long.MinValue, long.MaxValue, newestFirst: false, r =>
        {
            if (r.Resource.Labels.Any(l => l.Value == revision))
            {
                found.Add(r);
            }

            return true;
        });
        return found;
    }
}
