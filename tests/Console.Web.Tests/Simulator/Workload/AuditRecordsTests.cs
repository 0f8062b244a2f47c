using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Testing;
using OpsConsole.Testing.Google;
using OpsConsole.Web.Simulator;
using OpsConsole.Web.Simulator.CloudRun;
using OpsConsole.Web.Simulator.Control;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;
using OpsConsole.Web.Simulator.Workload.Auditing;
using OpsConsole.Web.Tests.Simulator.Logging;

namespace OpsConsole.Web.Tests.Simulator.Workload;

/// <summary>The audit records of the simulated services: when they are written, which are lost, and how they get to a ledger.</summary>
public sealed class AuditRecordsTests
{
    private static readonly DateTimeOffset Now = LoggingServer.Now;

    private readonly ManualTimeProvider time = new(Now);

    [Fact]
    public async Task Truth_WrittenInTheBackgroundWithoutCpu_SomeLateSomeLost()
    {
        var records = await TruthAsync("checkout", cpuIdle: true);

        Assert.True(records.Count > 50);
        Assert.All(records, static r => Assert.True((bool)r["background"]!));
        Assert.Contains(records, static r => (string)r["state"]! == "lost");
        Assert.Contains(records, static r => (double?)r["afterResponseSeconds"] > 5);
    }

    [Fact]
    public async Task Truth_WrittenInTheBackgroundWithCpu_AllLateNoneLost()
    {
        var records = await TruthAsync("checkout", cpuIdle: false);

        Assert.True(records.Count > 50);
        Assert.DoesNotContain(records, static r => (string)r["state"]! == "lost");
        Assert.All(records.Where(static r => (string)r["state"]! == "written"), static r => Assert.InRange((double)r["afterResponseSeconds"]!, 0.001, 3));
    }

    [Fact]
    public async Task Truth_WrittenBeforeTheResponse_AllInTime()
    {
        var records = await TruthAsync("webhooks", cpuIdle: true);

        Assert.True(records.Count > 50);
        Assert.All(records, static r => Assert.True((string)r["state"]! == "written" && (double)r["afterResponseSeconds"]! < 0));
    }

    [Fact]
    public void Outbox_EachRecord_IsAnEventThatTheConsoleTakes()
    {
        var runner = Runner(TestFleet.Demo(Now));

        var entries = runner.Outbox.Take(SimTime.From(Now));

        Assert.Equal(["accounts", "billing", "checkout", "webhooks"], entries.Select(static e => e.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var events = entries.Select(static e => Assert.IsType<AuditEventReading.Accepted>(AuditEventReader.Read(e.Json)).Event).ToList();
        Assert.Equal(events.Count, events.Select(static e => e.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(events, static e => Assert.True(e.TraceId is { Length: 32 } && e.Time <= Now));
    }

    [Fact]
    public void TraceIds_OfRunsThatBeginAtDifferentTimes_AreNotTheSame()
    {
        var fleet = TestFleet.Demo(Now);
        var first = Runner(fleet);
        var second = new WorkloadRunner(fleet, new LogStore(time), time, 1);
        second.BackfillTo(Now.AddMinutes(-1), TimeSpan.FromHours(6));

        Assert.Empty(Traces(first).Intersect(Traces(second), StringComparer.Ordinal));
    }

    [Fact]
    public void Records_OfAProjectThatIsStartedAgain_AreTheSameAsBefore()
    {
        var (first, again) = (Past(Now), Past(Now.AddHours(1)));

        Assert.True(first.Count > 100);
        Assert.Equal(first, again.Take(first.Count));
        Assert.True(again.Count > first.Count);

        static List<string> Past(DateTimeOffset now)
        {
            var clock = new ManualTimeProvider(now);
            var options = new SimulatorOptions { History = TimeSpan.FromHours(2), Since = Now };
            var logs = new LogStore(clock);
            using var admin = new CloudRunApi(options, logs, new FaultBook(), clock);
            var workload = new WorkloadRunner(admin.Fleet, logs, clock, options.Seed);
            workload.BackfillTo(now, options.History + (now - Now));
            return [.. workload.Outbox.Take(SimTime.From(now)).Select(static e => System.Text.Encoding.UTF8.GetString(e.Json))];
        }
    }

    [Fact]
    public async Task Delivery_PastInBatchesThenEachAtItsTime_AgainUntilTaken()
    {
        await using var ledger = await ScriptedGoogle.StartAsync();
        ledger.On("/audit", ScriptedAnswer.Json("""{"title":"slow down"}""", 429).With("Retry-After", "0"), ScriptedAnswer.Json("{}", 201));
        var outbox = new AuditOutbox();
        for (var i = 0; i < 1500; i++)
        {
            outbox.Add(SimTime.From(Now.AddSeconds(i - 1500)), new AuditEntry("checkout", Json(i)));
        }

        outbox.Add(SimTime.From(Now), new AuditEntry("pricing", Json(9000)));
        outbox.Add(SimTime.From(Now.AddMilliseconds(300)), new AuditEntry("checkout", Json(9001)));
        using var delivery = new AuditDelivery(outbox, new AuditLedger(new Uri(ledger.BaseAddress, "audit"), new Dictionary<string, string>(StringComparer.Ordinal) { ["checkout"] = "t0ken" }), time);
        using var stop = new CancellationTokenSource();
        var running = delivery.RunAsync(stop.Token);

        await UntilAsync(() => delivery.Taken == 1500);
        time.Advance(TimeSpan.FromMilliseconds(275));
        Assert.Equal(3, ledger.Requests.Count);
        await UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(25));
            return delivery.Taken == 1501;
        });
        await stop.CancelAsync();
        await running;

        Assert.All(ledger.Requests, static r => Assert.Equal(("POST", "Bearer t0ken"), (r.Method, r.Headers["authorization"])));
        Assert.Equal([1000, 1000, 500, 1], ledger.Requests.Select(static r => r.Body.Count(static c => c == '\n')));
        Assert.Equal("""{"n":9001}""", ledger.Requests[^1].Body.TrimEnd());
        Assert.StartsWith("429", delivery.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_RefusedForGood_IsNotSentForEver()
    {
        await using var ledger = await ScriptedGoogle.StartAsync();
        ledger.On("/audit", ScriptedAnswer.Json("""{"title":"unknown token"}""", 401));
        var outbox = new AuditOutbox();
        outbox.Add(SimTime.From(Now), new AuditEntry("checkout", Json(1)));
        using var delivery = new AuditDelivery(outbox, new AuditLedger(new Uri(ledger.BaseAddress, "audit"), new Dictionary<string, string>(StringComparer.Ordinal) { ["checkout"] = "old" }), time);
        using var stop = new CancellationTokenSource();
        var running = delivery.RunAsync(stop.Token);

        await UntilAsync(() => delivery.Problem is not null);
        time.Advance(TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await running;

        Assert.Single(ledger.Requests);
        Assert.Equal(0, delivery.Taken);
    }

    private static byte[] Json(int number) => System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{number}}}"""));

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5);
        }
    }

    private static List<string> Traces(WorkloadRunner runner) =>
        runner.Read(static all => all.Values.SelectMany(static s => s.World.Truth.Requests).Select(static r => r.TraceId).Distinct(StringComparer.Ordinal).ToList());

    private WorkloadRunner Runner(TestFleet fleet)
    {
        var runner = new WorkloadRunner(fleet, new LogStore(time), time, 1);
        runner.BackfillTo(Now, TimeSpan.FromHours(6));
        return runner;
    }

    private static async Task<List<JsonNode>> TruthAsync(string service, bool cpuIdle)
    {
        await using var server = await LoggingServer.StartAsync(workload: (store, clock) =>
        {
            var fleet = new TestFleet(TestFleet.Service(service, "europe-west1", TestFleet.One(service, Now) with { CpuIdle = cpuIdle }));
            var runner = new WorkloadRunner(fleet, store, clock, 1);
            runner.BackfillTo(Now, TimeSpan.FromHours(6));
            return runner;
        });
        var text = await server.Client.GetStringAsync("/simulator/truth/audit?service=" + service);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonNode.Parse(l)!)];
    }
}
