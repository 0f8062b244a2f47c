using System.Text.Json.Nodes;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;
using static OpsConsole.Core.Tests.BackgroundActivity.Sources.Entries;

namespace OpsConsole.Core.Tests.BackgroundActivity.Sources;

public sealed class LiveSourceTests
{
    private static readonly Func<Task> Nothing = static () => Task.CompletedTask;

    [Fact]
    public async Task Poll_ThatBringsASlowRequest_ReclassifiesItsLines()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Json(Page(
                Line(Nine.AddSeconds(-60), "5a5a5a5a0000000000000001"),
                Request(Nine.AddSeconds(-200), TimeSpan.FromSeconds(1), "6951d2870005ef93ee656b6e"))),
            ScriptedAnswer.Json("{}"),
            ScriptedAnswer.Json(Page(Request(Nine.AddSeconds(-90), TimeSpan.FromSeconds(95), "slow"))),
            ScriptedAnswer.Json("{}"));
        var live = bench.Find(AnalysisId.Live("acme"));
        using var looking = live.Subscribe(Nothing);

        await live.WhenAsync(static s => s.Version == 1 && s.State == SourceState.Ready);
        Assert.Equal(EntryClass.IdleInstance, Assert.Single(live.Current!.Classes));
        await bench.Time.WhenTimerAsync(CatalogBench.Poll);
        bench.Time.Advance(CatalogBench.Poll);
        await live.WhenAsync(static s => s.Version == 2);

        Assert.Equal(EntryClass.InRequest, Assert.Single(live.Current!.Classes));
        var filter = (string)JsonNode.Parse(bench.Google.RequestsOf(CatalogBench.List)[2].Body)!["filter"]!;
        Assert.Contains("receiveTimestamp>=\"2026-11-22T08:58:30", filter, StringComparison.Ordinal);
        Assert.Contains(" timestamp>=\"2026-11-22T07:53:30", filter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_ThatBringsWhatIsKnown_AnalysesNothingAgain()
    {
        await using var bench = await CatalogBench.StartAsync();
        var page = ScriptedAnswer.Json(Page(Line(Nine.AddSeconds(-60), "a"), Request(Nine.AddSeconds(-90), TimeSpan.FromSeconds(1), "b")));
        bench.Google.On(CatalogBench.List, page);
        var live = bench.Find(AnalysisId.Live("acme"));
        using var looking = live.Subscribe(Nothing);
        await live.WhenAsync(static s => s.Version == 1);

        for (var i = 0; i < 3; i++)
        {
            await bench.Time.WhenTimerAsync(CatalogBench.Poll);
            bench.Time.Advance(CatalogBench.Poll);
        }

        await bench.Time.WhenTimerAsync(CatalogBench.Poll);
        Assert.Equal("1", live.Version);
        Assert.Equal(2, live.Progress.Entries);
        Assert.Equal(5, live.Progress.Calls);
    }

    [Fact]
    public async Task Refusal_NamesThePermissionAndRecoversByItself()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Error(403, "PERMISSION_DENIED", "Permission 'logging.logEntries.list' denied on resource (or it may not exist)."),
            ScriptedAnswer.Json("{}"));
        var live = bench.Find(AnalysisId.Live("acme"));
        using var looking = live.Subscribe(Nothing);

        await live.WhenAsync(static s => s.State == SourceState.Failed);
        Assert.IsType<CloudRunError.PermissionDenied>(live.Error);
        Assert.Contains("logging.logEntries.list", live.Problem, StringComparison.Ordinal);
        Assert.Contains("tries again at 09:00:10 UTC", live.Problem, StringComparison.Ordinal);
        await bench.Time.WhenTimerAsync(TimeSpan.FromSeconds(10));
        bench.Time.Advance(TimeSpan.FromSeconds(10));

        await live.WhenAsync(static s => s.State == SourceState.Ready);
        Assert.Null(live.Error);
        Assert.Null(live.Problem);
    }

    [Fact]
    public async Task Polling_WithSeveralReaders_IsOneAndEndsAfterTheLast()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(CatalogBench.List, ScriptedAnswer.Json("{}"));
        var live = bench.Find(AnalysisId.Live("acme"));
        Assert.Equal(SourceState.Waiting, live.State);
        var first = live.Subscribe(Nothing);
        var second = live.Subscribe(Nothing);
        await live.WhenAsync(static s => s.State == SourceState.Ready);
        await bench.Time.WhenTimerAsync(CatalogBench.Poll);
        first.Dispose();
        bench.Time.Advance(CatalogBench.Poll);
        await live.WhenAsync(static s => s.Progress.Calls == 3);
        await bench.Time.WhenTimerAsync(CatalogBench.Poll);

        second.Dispose();
        bench.Time.Advance(CatalogBench.Poll);
        await live.WhenAsync(static s => s.State == SourceState.Waiting);
        Assert.Contains("nobody looks", live.Progress.Doing, StringComparison.Ordinal);
        Assert.Equal(3, bench.Google.RequestsOf(CatalogBench.List).Count);

        using var again = live.Subscribe(Nothing);
        await live.WhenAsync(static s => s.Progress.Calls == 4 && s.State == SourceState.Ready);
    }

    [Fact]
    public async Task YoungLines_AreJudgedWhenTheirRequestsCanBeKnown()
    {
        await using var bench = await CatalogBench.StartAsync();
        bench.Google.On(
            CatalogBench.List,
            ScriptedAnswer.Json(Page(Request(Nine.AddSeconds(-90), TimeSpan.FromSeconds(1), "b"), Line(Nine.AddSeconds(-27), "young"))),
            ScriptedAnswer.Json("{}"));
        var live = bench.Find(AnalysisId.Live("acme"));
        using var looking = live.Subscribe(Nothing);
        await live.WhenAsync(static s => s.Version == 1);
        Assert.Empty(live.Current!.Classes);

        await bench.Time.WhenTimerAsync(CatalogBench.Poll);
        bench.Time.Advance(CatalogBench.Poll);
        await live.WhenAsync(static s => s.Version == 2);

        Assert.Single(live.Current!.Classes);
    }
}
