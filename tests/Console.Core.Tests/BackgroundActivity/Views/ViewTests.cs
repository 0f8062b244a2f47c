using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity.Views;

public sealed class ViewTests
{
    private static readonly RevisionKey Checkout7 = new("acme-prod", "europe-west1", "checkout", "checkout-00007-abc");

    [Fact]
    public void RequestView_OfLateWork_HasBarLinesLanesAndASentence()
    {
        var world = new LogWorld();
        var request = world.Request("i1", 10, 0.5, LogWorld.Trace(1), route: "POST /orders?id=1");
        world.Line("i1", 10.2, "charge card", LogWorld.Trace(1));
        world.Line("i1", 14, "audit commit 17", LogWorld.Trace(1));
        world.Request("i1", 10.4, 4, LogWorld.Trace(2));
        world.Request("i1", 10.45, 0.2, LogWorld.Trace(3));
        world.Request("i2", 12, 3, LogWorld.Trace(4));
        var analysis = Analyse(world, BillingMode.RequestBased);

        var view = RequestView.Of(analysis, RequestView.Find(analysis, world.Requests[request].InsertId));

        Assert.Equal(("POST", "/orders?id=1", 200, 1), (view.Request.Method, view.Request.Path, view.Request.Status, view.Request.LateLines));
        Assert.Equal([EntryClass.InRequest, EntryClass.AfterResponse], view.Entries.Select(static e => e.Class));
        Assert.Equal("audit commit 17", view.Entries[1].Text);
        Assert.InRange(view.Entries[1].TailSeconds!.Value, 3.4, 3.5);
        Assert.Equal(LogWorld.Epoch.AddSeconds(14), view.To);
        Assert.Equal([0, 1], view.Others.Select(static o => o.Lane));
        Assert.Equal(2, view.OtherCount);
        Assert.Equal(
            "One line was logged 3.5 s after the response was complete; this revision has CPU only during requests, so nothing guarantees that this work is finished.",
            view.Sentence);
    }

    [Fact]
    public void RequestView_OfWorkThatStoodStill_NamesTheGapAndWhoWokeIt()
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        world.Line("i1", 10.2, "begin", LogWorld.Trace(1));
        world.Line("i1", 10.9, "step 1 of work", LogWorld.Trace(1));
        var waking = world.Request("i1", 400, 0.5, LogWorld.Trace(2));
        world.Line("i1", 400.05, "step 2 of work", LogWorld.Trace(1));
        var analysis = Analyse(world);

        var view = RequestView.Of(analysis, 0);

        var freeze = Assert.Single(view.Freezes);
        Assert.Equal(world.Requests[waking].InsertId, freeze.WakingInsertId);
        Assert.True(Assert.Single(view.Others).Wakes);
        Assert.InRange((freeze.To - freeze.From).TotalSeconds, 380, 400);
        Assert.Contains("stood still for 6 min", view.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10.2, true, "This request has only just ended: what it logged is not judged yet.")]
    [InlineData(13.5, false, "Nothing that can be tied to this request was logged in the first 3.0 s after its response; newer lines are not judged yet.")]
    [InlineData(200, false, "Nothing that can be tied to this request was logged after its response.")]
    public void RequestView_OfLiveLogs_SaysHowMuchOfItsTimeIsJudged(double linesUntil, bool young, string sentence)
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        var analysis = Correlator.Analyse(world.ToTable(), new CorrelatorOptions { LinesUntil = LogWorld.Epoch.AddSeconds(linesUntil) }, CancellationToken.None);

        var view = RequestView.Of(analysis, 0);

        Assert.Equal((young, sentence), (view.IsYoung, view.Sentence));
        Assert.Equal(linesUntil < 70, view.IsSettling);
        Assert.False(RequestView.Of(Analyse(world), 0).IsSettling);
    }

    [Fact]
    public void RequestView_Find_OfAnUnknownRequest_IsMinusOne() =>
        Assert.Equal(-1, RequestView.Find(Analyse(new LogWorld()), "nothing"));

    [Fact]
    public void InstanceView_OfAnInstanceThatRanOutOfMemory_SaysWhoWasAboard()
    {
        var world = new LogWorld();
        world.Platform("i1", 0, PlatformMessage.Starting);
        world.Line("i1", 1, "listening");
        world.Request("i1", 5, 0.5, LogWorld.Trace(1));
        world.Line("i1", 8, "late", LogWorld.Trace(1));
        var aboard = world.Request("i1", 20, 3, LogWorld.Trace(2));
        world.Request("i1", 12, 0.1, LogWorld.Trace(3));
        world.Platform("i1", 22, PlatformMessage.MemoryLimitExceeded);
        world.Platform("i1", 22.5, PlatformMessage.TerminatedOnSignal);
        var analysis = Analyse(world);

        var view = InstanceView.Of(analysis, InstanceView.Find(analysis, "i1"));

        Assert.StartsWith("Starting new instance. Reason: AUTOSCALING", view.StartReason, StringComparison.Ordinal);
        Assert.Equal(LogWorld.Epoch, view.From);
        Assert.Equal(3, view.RequestCount);
        Assert.Equal([0, 0, 0], view.Requests.Select(static r => r.Lane));
        Assert.Equal(1, view.LateLineCount);
        Assert.Equal(3, view.PlatformLines.Count);
        Assert.Equal((DeathCause.OutOfMemory, LogWorld.Epoch.AddSeconds(22)), (view.Death, view.DiedAt!.Value));
        Assert.Equal(world.Requests[aboard].InsertId, Assert.Single(view.Aboard).InsertId);
        Assert.Equal(world.Requests[0].InsertId, Assert.Single(view.LateWorkAboard).InsertId);
        Assert.Contains("more memory than its limit with 1 request in flight, and the work of 1 answered request may", view.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TailHistogram_CountsEachRequestOnceByItsLongestTail()
    {
        var world = new LogWorld();
        foreach (var (start, trace, tails) in new[] { (0.0, 1, new[] { 0.3, 3.0 }), (100.0, 2, [4.9]), (200.0, 3, [60.0]) })
        {
            world.Request("i1", start, 0.5, LogWorld.Trace(trace));
            foreach (var tail in tails)
            {
                world.Line("i1", start + 0.5 + tail + 0.0018, "late", LogWorld.Trace(trace));
            }
        }

        var histogram = TailHistogram.Of(Analyse(world), static _ => true);

        Assert.Equal(3, histogram.Requests);
        Assert.Equal(
            [new TailBucket(2, 5, 2), new TailBucket(5, 10, 0), new TailBucket(10, 20, 0), new TailBucket(20, 50, 0), new TailBucket(50, 100, 1)],
            histogram.Buckets);
        Assert.Empty(TailHistogram.Of(Analyse(world), static _ => false).Buckets);
    }

    [Fact]
    public void Trend_PutsEverythingIntoStretchesOfOneLength()
    {
        var world = new LogWorld();
        world.Request("i1", 0, 0.5, LogWorld.Trace(1));
        world.Line("i1", 30, "late", LogWorld.Trace(1));
        world.Request("i1", 3500, 0.5, LogWorld.Trace(2));

        var trend = Trend.Of(Analyse(world), static _ => true);

        var points = trend.Revisions[Checkout7];
        Assert.Equal(TimeSpan.FromMinutes(5), trend.Step);
        Assert.Equal(12, points.Count);
        Assert.Equal((1, 1, 1), (points[0].Requests, points[0].RequestsWithAfterResponse, points[0].LateLines));
        Assert.Equal((1, 0, 0), (points[^1].Requests, points[^1].RequestsWithAfterResponse, points[^1].LateLines));
        Assert.Equal(0, points.Skip(1).SkipLast(1).Sum(static p => p.Requests + p.LateLines + p.IdleLines));
        Assert.Empty(Trend.Of(Analyse(new LogWorld()), static _ => true).Revisions);
    }

    [Fact]
    public void ServiceSummary_TakesTheGravestVerdictAndAddsTheRevisionsUp()
    {
        var world = new LogWorld();
        world.Request("i1", 0, 0.5, LogWorld.Trace(1));
        world.Line("i1", 3, "late", LogWorld.Trace(1));
        world.Add(new WorldRequest { Instance = "i2", At = 50, Latency = 0.5, Written = 50.502, Received = 50.6, Revision = "checkout-00008-xyz" });
        world.Add(new WorldRequest { Instance = "i3", At = 50, Latency = 0.5, Written = 50.502, Received = 50.6, Revision = "catalog-00001-abc" });
        var analysis = Analyse(world, BillingMode.RequestBased);

        var checkout = ServiceSummary.Of(analysis, "acme-prod", "europe-west1", "checkout")!;
        var fleet = FleetSummary.Of([analysis]);

        Assert.Equal((Verdict.AtRisk, 2L, 1L, 0.5), (checkout.Verdict, checkout.Requests, checkout.RequestsWithAfterResponse, checkout.Share!.Value));
        Assert.Equal(["checkout-00007-abc", "checkout-00008-xyz"], checkout.Revisions.Select(static r => r.Key.Revision));
        Assert.Equal(analysis.Findings.Select(static f => f.Id), checkout.Findings.Select(static f => f.Id));
        Assert.Null(ServiceSummary.Of(analysis, "acme-prod", "europe-west1", "nothing"));
        Assert.Equal(["checkout", "catalog"], fleet.Services.Select(static s => s.Service));
        Assert.Equal(1, fleet.AtRisk);
        Assert.StartsWith("One service goes on working after its responses", fleet.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("1 request of 3 requests logged something after the response.", fleet.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.04, "40 ms")]
    [InlineData(0.9996, "1.0 s")]
    [InlineData(3.49, "3.5 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3600, "1 h")]
    [InlineData(86400, "24 h")]
    public void Words_OfDurations_AreShort(double seconds, string words) => Assert.Equal(words, Words.Duration(seconds));

    private static Analysis Analyse(LogWorld world, BillingMode? billing = null)
    {
        var table = world.ToTable();
        var settings = billing is { } mode
            ? table.Revisions.ToDictionary(static key => key, _ => new RevisionSettings(mode, 80))
            : [];
        return Correlator.Analyse(table, new CorrelatorOptions { Settings = settings }, CancellationToken.None);
    }
}
