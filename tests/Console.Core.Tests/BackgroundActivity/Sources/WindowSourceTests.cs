using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;
using static OpsConsole.Core.Tests.BackgroundActivity.Sources.Entries;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class WindowSourceTests
{
    private static readonly WindowRequest Hour = new() { Project = "acme", Services = ["checkout"], From = Nine.AddHours(-2), To = Nine.AddHours(-1) };

    [Fact]
    public async Task Start_OfAWindow_ReadsItToItsEndAndKeepsIt()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Json(Page(Request(Hour.From.AddSeconds(1), TimeSpan.FromSeconds(1), "r1")).Replace("]}", "],\"nextPageToken\":\"2\"}", StringComparison.Ordinal)),
            ScriptedAnswer.Json(Page(Line(Hour.From.AddSeconds(30), "l1"), Line(Hour.From.AddSeconds(31), "l2"))));

        var id = bench.Catalog.StartWindow(Hour);
        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Ready);

        Assert.Equal(2, bench.Find(id).Current!.Classes.Length);
        Assert.Equal((3L, 2), (bench.Find(id).Progress.Entries, bench.Find(id).Progress.Calls));
        Assert.Contains("checkout", bench.Find(id).Title, StringComparison.Ordinal);

        await bench.RestartAsync();
        using var looking = bench.Find(id).Subscribe(static () => Task.CompletedTask);
        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Ready);
        Assert.Equal(2, bench.Find(id).Current!.Classes.Length);
        Assert.Equal(2, bench.Google.RequestsOf(CatalogBench.List).Count);
    }

    [Fact]
    public async Task Resume_AfterAFailure_GoesOnAtTheCursorAndRepeatsNothing()
    {
        await using var bench = await CatalogBench.StartAsync();
        var same = Hour.From.AddSeconds(30);
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Json(Page(Request(Hour.From.AddSeconds(1), TimeSpan.FromSeconds(1), "r1"), Line(same, "l1"), Line(same, "l2"))
                .Replace("]}", "],\"nextPageToken\":\"2\"}", StringComparison.Ordinal)),
            ScriptedAnswer.Error(403, "PERMISSION_DENIED", "Permission 'logging.logEntries.list' denied."),
            ScriptedAnswer.Json(Page(Line(same, "l1"), Line(same, "l2"), Line(same, "l3"), Line(same.AddSeconds(1), "l4"))));

        var id = bench.Catalog.StartWindow(Hour);
        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Failed && s.Version == 1);
        Assert.IsType<CloudRunError.PermissionDenied>(bench.Find(id).Error);
        Assert.Equal(2, bench.Find(id).Current!.Classes.Length);
        Assert.Contains(bench.Find(id).Notes, static n => n.Contains("Resume", StringComparison.Ordinal));

        await bench.RestartAsync();
        Assert.Equal(SourceState.Waiting, bench.Find(id).State);
        bench.Catalog.Resume(id);
        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Ready);

        Assert.Equal(4, bench.Find(id).Current!.Classes.Length);
        Assert.Single(bench.Find(id).Current!.RequestStartNs);
        var filter = (string)JsonNode.Parse(bench.Google.RequestsOf(CatalogBench.List)[2].Body)!["filter"]!;
        Assert.Contains("timestamp>=\"2026-11-22T07:00:30.0000000Z\"", filter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_WhileAPageIsOnItsWay_KeepsWhatWasRead()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Json(Page(Line(Hour.From.AddSeconds(30), "l1")).Replace("]}", "],\"nextPageToken\":\"2\"}", StringComparison.Ordinal)),
            ScriptedAnswer.Hang);
        var id = bench.Catalog.StartWindow(Hour);
        await bench.Find(id).WhenAsync(static s => s.Progress.Calls == 1);

        bench.Catalog.Cancel(id);
        await bench.Find(id).WhenAsync(static s => s.State == SourceState.Cancelled && s.Progress.Doing == "Stopped.");

        Assert.Single(bench.Find(id).Current!.Classes);
    }

    [Fact]
    public async Task Estimate_OfASmallWindow_CountsIt()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(CatalogBench.List, ScriptedAnswer.Json(Page(Line(Hour.From, "a"), Line(Hour.From.AddSeconds(1), "b"))));

        var estimate = await bench.Catalog.EstimateWindowAsync(Hour, CancellationToken.None);

        Assert.Null(estimate.Problem);
        Assert.True(estimate.Exact);
        Assert.Equal((6L, 1L, 3, 57), (estimate.Entries, estimate.Calls, estimate.ProbeCalls, estimate.CallsLeft));
    }

    [Fact]
    public async Task Estimate_OfALargeWindow_TellsCallsAndTimeAtTheQuotasPace()
    {
        await using var bench = await CatalogBench.StartAsync();

        // In each third of an hour (1,200 s) the first thousand entries come in 10 s: 120,000 a third.
        bench.Google.On(
            CatalogBench.List,
            [.. Enumerable.Range(0, 3).Select(third => ScriptedAnswer.Json(Page(
                Enumerable.Range(1, 1000).Select(i => Line(Hour.From.AddSeconds((third * 1200) + (i / 100.0)), i.ToString(CultureInfo.InvariantCulture))))))]);

        var estimate = await bench.Catalog.EstimateWindowAsync(Hour, CancellationToken.None);

        Assert.False(estimate.Exact);
        Assert.Equal(360_000, estimate.Entries);
        Assert.Equal(360, estimate.Calls);

        // 57 at once, 303 at 60 a minute.
        Assert.Equal(303 / 60.0, estimate.Duration.TotalMinutes, 3);
        Assert.True(estimate.Bytes > 360_000 * 300);
    }

    [Theory]
    [InlineData(0, "must begin before it ends")]
    [InlineData(-5, "must begin before it ends")]
    [InlineData(24 * 40, "31 days")]
    public async Task Estimate_OfAnImpossibleWindow_SaysWhy(int hours, string why)
    {
        await using var bench = await CatalogBench.StartAsync();
        var request = Hour with { From = Nine.AddHours(-1000), To = Nine.AddHours(-1000 + hours) };

        Assert.Contains(why, (await bench.Catalog.EstimateWindowAsync(request, CancellationToken.None)).Problem, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => bench.Catalog.StartWindow(request));
        Assert.Contains("not a project", bench.Catalog.WhyNot(Hour with { Project = "other" }), StringComparison.Ordinal);
        Assert.Contains("lower-case", bench.Catalog.WhyNot(Hour with { Services = ["a\" OR true"] }), StringComparison.Ordinal);
    }
}
