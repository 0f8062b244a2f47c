using OpsConsole.Testing;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Tests.Simulator.Workload;

/// <summary>Requests that somebody sends beside those of chance.</summary>
public sealed class SentRequestsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Send_Twice_SameEntriesTwice() => Assert.Equal(Run(static r => r.Send("checkout", 20, TimeSpan.Zero)), Run(static r => r.Send("checkout", 20, TimeSpan.Zero)));

    [Fact]
    public void Send_OneService_LeavesTheOthersAsTheyAre()
    {
        var without = Run(static _ => { });
        var with = Run(static r => r.Send("checkout", 20, TimeSpan.FromSeconds(5)));

        Assert.Equal(Of(without, "billing"), Of(with, "billing"));
        Assert.True(Of(with, "checkout").Count >= Of(without, "checkout").Count + 20);
    }

    [Fact]
    public void Send_Refused_ChangesNothing() => Assert.Equal(Run(static _ => { }), Run(static r => Assert.Null(r.Send("absent", 20, TimeSpan.Zero))));

    [Fact]
    public void Send_WithoutAnInstance_StartsOneAndIsServed()
    {
        var time = new ManualTimeProvider(Now);
        var runner = new WorkloadRunner(new TestFleet(TestFleet.Service("checkout", "europe-west1", TestFleet.One("checkout", Now))), new LogStore(time), time, 1);
        runner.BackfillTo(Now, TimeSpan.Zero);

        var (first, last) = runner.Send("checkout", 4, TimeSpan.FromSeconds(2))!.Value;
        runner.AdvanceTo(Now.AddMinutes(1));

        Assert.Equal((Now, Now.AddSeconds(1.5)), (first, last));
        var arrived = runner.Read(static all => all["checkout"].World.Truth.Requests.Select(static r => SimTime.ToDateTimeOffset(r.Arrived)).Order().ToList());
        Assert.Equal([Now, Now.AddSeconds(0.5), Now.AddSeconds(1), Now.AddSeconds(1.5)], arrived.Where(at => at <= last));
    }

    [Fact]
    public void Send_WhereTheSimulationIsBehindTheClock_NotIntoThePast()
    {
        var time = new ManualTimeProvider(Now);
        var runner = new WorkloadRunner(TestFleet.Demo(Now), new LogStore(time), time, 1);
        runner.BackfillTo(Now, TimeSpan.Zero);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(Now.AddSeconds(30), runner.Send("checkout", 1, TimeSpan.Zero)!.Value.First);
    }

    private static List<(string Service, string InsertId)> Run(Action<WorkloadRunner> between)
    {
        var time = new ManualTimeProvider(Now);
        var store = new LogStore(time);
        var runner = new WorkloadRunner(TestFleet.Demo(Now), store, time, 1);
        runner.BackfillTo(Now, TimeSpan.FromMinutes(30));
        between(runner);
        runner.AdvanceTo(Now.AddMinutes(10));
        List<(string, string)> entries = [];
        store.Visit(long.MinValue, long.MaxValue, newestFirst: false, r =>
        {
            entries.Add((r.Resource.Labels.FirstOrDefault(static l => l.Key == "service_name").Value ?? "", r.InsertId));
            return true;
        });
        return entries;
    }

    private static List<string> Of(List<(string Service, string InsertId)> entries, string service) =>
        [.. entries.Where(e => e.Service == service).Select(static e => e.InsertId)];
}
