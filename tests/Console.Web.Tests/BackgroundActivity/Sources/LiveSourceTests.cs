using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.Tests.BackgroundActivity.Sources;

public sealed class LiveSourceTests
{
    [Fact]
    public async Task Live_OfTheSimulatedProject_FillsTheWindowAndKnowsTheSettings()
    {
        await using var bench = await SourceBench.StartAsync(TimeSpan.FromHours(1));
        var live = (AnalysisSource)bench.Catalog.Live(SourceBench.Project);
        using var looking = live.Subscribe(static () => Task.CompletedTask);

        await live.WhenAsync(static s => s.State == SourceState.Ready && s.Version > 0);
        await bench.Time.WhenTimerAsync(SourceBench.Poll);
        bench.Time.Advance(SourceBench.Poll);
        await live.WhenAsync(static s => s.From <= new DateTimeOffset(2026, 11, 22, 8, 0, 7, TimeSpan.Zero));

        Assert.Null(live.Problem);
        Assert.Contains(live.Current!.Revisions, static r => r.Key.Service == "checkout" && r.Verdict == Verdict.AtRisk);
        Assert.DoesNotContain(live.Current.Revisions, static r => r.Key.Service == "catalog" && r.Verdict == Verdict.AtRisk);
        Assert.All(live.Current.Revisions, static r => Assert.NotNull(r.Settings));
    }

    [Fact]
    public async Task Window_OfTheSimulatedProject_SaysTheSameAsTheLiveView()
    {
        await using var bench = await SourceBench.StartAsync(TimeSpan.FromHours(1));
        var now = bench.Time.GetUtcNow();
        var request = new WindowRequest { Project = SourceBench.Project, Services = ["checkout"], From = now.AddMinutes(-30), To = now };

        var estimate = await bench.Catalog.EstimateWindowAsync(request, CancellationToken.None);
        var id = bench.Catalog.StartWindow(request);
        var window = (AnalysisSource)bench.Catalog.Find(id)!;
        await window.WhenAsync(static s => s.State == SourceState.Ready);

        Assert.Null(estimate.Problem);
        Assert.InRange(window.Progress.Entries, estimate.Entries * 0.7, (estimate.Entries * 1.3) + 10);
        Assert.All(window.Current!.Revisions, static r => Assert.Equal("checkout", r.Key.Service));
        Assert.Contains(window.Current.Revisions, static r => r.Verdict == Verdict.AtRisk);
    }
}
