using System.Text;
using OpsConsole.Testing;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Tests.Simulator.Workload;

/// <summary>A day of the demo project: one history for all tests of the class.</summary>
public sealed class WorkloadHistoryTests(WorkloadHistoryTests.Day day) : IClassFixture<WorkloadHistoryTests.Day>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Backfill_ADay_IsLargeEnoughToBeRealAndSmallEnoughToKeep() => Assert.InRange(day.Records.Count, 60_000, 120_000);

    [Fact]
    public void Backfill_SameSeed_SameEntries()
    {
        var first = new Day(seed: 7, TimeSpan.FromHours(2));
        var second = new Day(seed: 7, TimeSpan.FromHours(2));
        var other = new Day(seed: 8, TimeSpan.FromHours(2));

        Assert.Equal(first.Records.Select(r => r.InsertId), second.Records.Select(r => r.InsertId));
        Assert.NotEqual(first.Records.Select(r => r.InsertId), other.Records.Select(r => r.InsertId));
    }

    [Fact]
    public void Backfill_OneServiceMore_LeavesTheOthersAsTheyAre()
    {
        var alone = new Day(7, TimeSpan.FromHours(2), "billing");
        var together = new Day(7, TimeSpan.FromHours(2), "accounts", "billing");

        Assert.Equal(Ids(alone), Ids(together));

        static IEnumerable<string> Ids(Day d) => d.Records.Where(r => r.Resource.Labels.Any(l => l.Value == "billing")).Select(r => r.InsertId);
    }

    [Theory]
    [InlineData("checkout", "at risk")]
    [InlineData("accounts", "at risk")]
    [InlineData("telemetry", "at risk")]
    [InlineData("catalog", "quiet")]
    [InlineData("billing", "has CPU")]
    [InlineData("search", "quiet")]
    [InlineData("thumbnails", "quiet")]
    [InlineData("reports", "quiet")]
    [InlineData("pricing", "quiet")]
    [InlineData("partner-gateway", "quiet")]
    [InlineData("webhooks", "quiet")]
    [InlineData("storefront", "quiet")]
    public void Truth_Verdict_IsTheOneTheServiceDeserves(string service, string verdict)
    {
        var reports = day.Reports(service);

        Assert.All(reports, r => Assert.Equal(verdict, r.Verdict));
        Assert.True(reports.Sum(r => r.Requests) > 150);
    }

    [Fact]
    public void Truth_Records_AreCompletedLostOrPending()
    {
        foreach (var report in day.AllReports())
        {
            Assert.Equal(report.RecordsBegun, report.RecordsCompleted + report.RecordsLost + report.RecordsPending);
        }
    }

    [Fact]
    public void Truth_Checkout_ResumesAndLoses()
    {
        var report = Assert.Single(day.Reports("checkout"));

        Assert.True(report.ResumedEntries > 100, $"resumed {report.ResumedEntries}");
        Assert.True(report.AfterResponseEntries > 20, $"after response {report.AfterResponseEntries}");
        Assert.InRange(report.RecordsLost, 5, report.RecordsBegun / 4);
    }

    [Fact]
    public void Truth_Billing_LosesNothing()
    {
        var report = Assert.Single(day.Reports("billing"));

        Assert.Equal(0, report.RecordsLost);
        Assert.Equal(0, report.ResumedEntries);
        Assert.True(report.AfterResponseEntries > 500);
    }

    [Fact]
    public void Truth_Telemetry_LogsOnIdleInstances() => Assert.True(Assert.Single(day.Reports("telemetry")).IdleInstanceEntries > 500);

    [Fact]
    public void Truth_ResumedEntries_NameTheRequestThatBroughtTheCpu()
    {
        foreach (var entry in day.Entries("checkout").Where(e => e.Class == EntryClass.Resumed))
        {
            Assert.NotNull(entry.WokenBy);
            Assert.True(entry.WokenBy.Begun <= entry.At);
            Assert.True(entry.Request!.Ended < entry.At);
        }
    }

    [Fact]
    public void Truth_FrozenWork_NeverWritesWhileNothingIsInFlight()
    {
        // Work that the end of the last request did not stop at once has the few milliseconds until the CPU goes.
        foreach (var entry in day.Entries("checkout").Where(e => e.InFlight == 0 && e.Class is EntryClass.AfterResponse or EntryClass.Resumed))
        {
            var ended = day.Requests("checkout").Where(r => r.Ended <= entry.At).Max(r => r.Ended!.Value);
            Assert.InRange(entry.At - ended, 0, 15_000);
        }
    }

    [Fact]
    public void Entries_ThrottledLines_FallIntoOneSlotOfEachHundredMilliseconds()
    {
        var instances = day.Entries("accounts")
            .Where(e => e.Class is EntryClass.AfterResponse && e.InFlight == 0 && e.At - e.Request!.Ended > 30_000)
            .GroupBy(e => e.Instance)
            .Where(g => g.Count() >= 20)
            .ToList();

        Assert.NotEmpty(instances);
        foreach (var instance in instances)
        {
            var phases = instance.Select(e => e.At % 100_000).Order().ToList();
            var narrowest = Enumerable.Range(0, phases.Count).Max(i => phases.Count(p => (p - phases[i] + 100_000) % 100_000 <= 5_000));
            Assert.True(narrowest > phases.Count * 0.9, $"{narrowest} of {phases.Count}");
        }
    }

    [Fact]
    public void Entries_Search_TurnsAwayWithoutInstanceAndLatency()
    {
        var refused = day.Of("search").Where(r => r.HttpRequest?.Status == 429).ToList();

        Assert.True(refused.Count > 20);
        Assert.All(refused, r =>
        {
            Assert.Equal("0s", r.HttpRequest!.Latency);
            Assert.Empty(r.Labels);
            Assert.Equal(LogSeverity.WARNING, r.Severity);
            Assert.StartsWith("The request was aborted because there was no available instance.", r.TextPayload, StringComparison.Ordinal);
            Assert.InRange((WriteTime(r) - r.Timestamp) / 1e9, 9.9, 11);
        });
        Assert.True(MostInstancesAtOnce("search") <= 3);
    }

    [Fact]
    public void Entries_Thumbnails_RunOutOfMemoryInTheRealOrder()
    {
        var texts = day.Of("thumbnails").Where(r => r.TextPayload is not null).ToList();
        var limits = texts.Where(r => r.TextPayload!.StartsWith("Memory limit of 512 MiB exceeded with ", StringComparison.Ordinal)).ToList();

        Assert.True(limits.Count >= 2);
        Assert.Equal(limits.Count, texts.Count(r => r.TextPayload == "Container terminated on signal 9."));
        Assert.Contains(texts, r => r.HttpRequest?.Status == 503 && r.TextPayload!.StartsWith("While handling this request", StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_Reports_AreWrittenLongAfterTimestampPlusLatency()
    {
        var gaps = day.Of("reports").Where(r => r.HttpRequest is not null)
            .Select(r => (WriteTime(r) - r.Timestamp - Latency(r)) / 1e9).ToList();

        Assert.Contains(gaps, g => g > 5);
        Assert.True(gaps.Min() >= 0);
    }

    [Fact]
    public void Entries_Requests_HaveTheShapeOfRealOnes()
    {
        var requests = day.Records.Where(r => r.HttpRequest is not null).ToList();

        Assert.All(requests, r =>
        {
            Assert.Matches("^[0-9a-f]{24}$", r.InsertId);
            Assert.Matches("^[0-9a-f]{16}$", r.SpanId);
            Assert.Matches("^projects/acme-prod/traces/[0-9a-f]{32}$", r.Trace);
            Assert.Matches(@"^(0s|\d+\.\d{6}(\d{3})?s)$", r.HttpRequest!.Latency);
            Assert.True(r.Received >= r.Timestamp + Latency(r), "received before its end");
            Assert.True(WriteTime(r) <= r.Received + 1000);
        });
        var sockets = requests.Where(r => r.HttpRequest!.Status == 101).ToList();
        Assert.NotEmpty(sockets);
        Assert.All(sockets, r => Assert.Equal(LogSeverity.DEFAULT, r.Severity));
    }

    [Fact]
    public void Entries_Lines_AreWrittenAtTheirTimestampAndSeldomTraced()
    {
        var lines = day.Records.Where(r => r.HttpRequest is null).ToList();

        Assert.All(lines, r => Assert.InRange(WriteTime(r) - r.Timestamp, -1000, 1000));
        Assert.True(lines.Count(r => r.Trace is not null) < lines.Count * 0.25);
        Assert.All(lines.Where(r => r.SpanId is not null && r.Trace is null), r => Assert.Matches("^[0-9]{18,20}$", r.SpanId));
        Assert.Contains(lines, r => r.SpanId is not null && r.Trace is null);
    }

    [Fact]
    public void Entries_IdleScaleIn_HasNoPlatformMessage()
    {
        // No revision was replaced in this history: nothing announces a stop.
        Assert.DoesNotContain(day.Records, r => r.TextPayload == "Shutting down user disabled instance");
        Assert.Contains(day.Of("checkout"), r => r.TextPayload == "INFO:     Shutting down");
    }

    [Fact]
    public void Entries_Webhooks_ShareTracesWithCatalog()
    {
        var traces = day.Of("webhooks").Where(r => r.HttpRequest is not null).Select(r => r.Trace).ToHashSet();

        Assert.True(day.Of("catalog").Count(r => r.HttpRequest is not null && traces.Contains(r.Trace)) > 100);
    }

    private static long WriteTime(LogRecord record) =>
        (Convert.ToInt64(record.InsertId[..8], 16) * 1_000_000_000) + (Convert.ToInt64(record.InsertId[8..16], 16) * 1000);

    private static long Latency(LogRecord record) =>
        (long)(decimal.Parse(record.HttpRequest!.Latency!.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture) * 1_000_000_000);

    private int MostInstancesAtOnce(string service)
    {
        var starts = day.Entries(service).Where(e => e.Class != EntryClass.Platform || true)
            .GroupBy(e => e.Instance)
            .SelectMany(g => new[] { (At: g.Min(e => e.At), Change: 1), (At: g.Max(e => e.At), Change: -1) })
            .OrderBy(x => x.At).ThenBy(x => x.Change);
        var (now, most) = (0, 0);
        foreach (var (_, change) in starts)
        {
            now += change;
            most = Math.Max(most, now);
        }

        return most;
    }

    public sealed class Day
    {
        private readonly WorkloadRunner runner;

        public Day()
            : this(1, TimeSpan.FromHours(24))
        {
        }

        internal Day(int seed, TimeSpan past, params string[] only)
        {
            var time = new ManualTimeProvider(Now);
            var store = new LogStore(time);
            var demo = TestFleet.Demo(Now);
            var fleet = only.Length == 0 ? demo : new TestFleet([.. demo.Snapshot().Where(s => only.Contains(s.Name))]);
            runner = new WorkloadRunner(fleet, store, time, seed);
            runner.BackfillTo(Now, past);
            var records = new List<LogRecord>();
            store.Visit(long.MinValue, long.MaxValue, newestFirst: false, r =>
            {
                records.Add(r);
                return true;
            });
            Records = records;
        }

        internal IReadOnlyList<LogRecord> Records { get; }

        internal IEnumerable<LogRecord> Of(string service) => Records.Where(r => r.Resource.Labels.Any(l => l.Key == "service_name" && l.Value == service));

        internal IReadOnlyList<TruthEntry> Entries(string service) => runner.Read(all => all[service].World.Truth.Entries);

        internal IReadOnlyList<SimRequest> Requests(string service) => runner.Read(all => all[service].World.Truth.Requests);

        internal List<TruthReport> Reports(string service) => [.. AllReports().Where(r => r.Service == service)];

        internal List<TruthReport> AllReports() => runner.Read(all => all.Values
            .SelectMany(s => s.Revisions.Select(r => TruthReport.Of(
                s.World.Name, s.World.Location, r.Name, r.CpuIdle, s.World.Truth, long.MinValue, long.MaxValue)))
            .Where(r => r.Requests > 0)
            .ToList());

        /// <summary>One line per revision, for a person who tunes the demo.</summary>
        internal string Describe()
        {
            var text = new StringBuilder();
            foreach (var r in AllReports())
            {
                text.AppendLine($"{r.Revision,-28} req {r.Requests,6} refused {r.Refused,5} bg {r.RequestsWithBackgroundWork,5} after {r.AfterResponseEntries,5} resumed {r.ResumedEntries,5} idle {r.IdleInstanceEntries,5} unattr {r.UnattributedEntries,5} records {r.RecordsBegun}={r.RecordsCompleted}+{r.RecordsLost}lost+{r.RecordsPending} {r.Verdict} entries {Of(r.Service).Count()} instances {Entries(r.Service).Select(e => e.Instance).Distinct().Count()}");
            }

            return text.ToString();
        }
    }
}
