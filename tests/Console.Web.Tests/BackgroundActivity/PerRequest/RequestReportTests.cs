using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Testing;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.PerRequest;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.PerRequest;

public sealed class RequestReportTests : BunitContext
{
    private static readonly AnalysisId Live = AnalysisId.Live("acme-prod");

    public RequestReportTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(new ManualTime());
    }

    [Fact]
    public void Report_OfLateWork_SaysBothDurationsAndTheTableHasEveryLine()
    {
        var report = Report(RequestView.Of(Analyse(LateOrder()), 0));

        Assert.Contains("502 ms", report.Find(".durations").TextContent, StringComparison.Ordinal);
        Assert.Contains("4.0 s (ran on +3.5 s)", report.Find(".durations").TextContent, StringComparison.Ordinal);
        var rows = report.FindAll("table.entries tbody tr");
        Assert.Equal(3, rows.Count);
        Assert.Contains("charge card", rows[0].TextContent, StringComparison.Ordinal);
        Assert.StartsWith("response sent", rows[1].TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("+4.000 s", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains("same trace, same instance", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Contains(Urls.BackgroundInstance(Live, "i1"), report.FindAll("a").Select(static a => a.GetAttribute("href")));
    }

    [Fact]
    public void Report_WithAFilter_ShowsMatchingLinesAlone()
    {
        var report = Render<RequestReport>(parameters => parameters
            .Add(p => p.View, RequestView.Of(Analyse(LateOrder()), 0)).Add(p => p.Source, Live).Add(p => p.Filter, "audit"));

        var row = Assert.Single(report.FindAll("table.entries tbody tr:not(.rule)"));
        Assert.Contains("audit commit 17", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfACandidate_LinksToTheLinesThatCannotBeDecided()
    {
        var world = LateOrder();
        world.Line("i1", 13.1, "cache miss");
        world.Line("i1", 13.15, "cache miss");
        world.Line(null, 14.5, "no instance");
        world.Line("i9", 13.1, "undecided elsewhere");
        var analysis = Analyse(world);

        var link = Report(RequestView.Of(analysis, 1)).Find(".undecided a");
        Assert.Equal("3 lines of this time cannot be decided", link.TextContent);
        Assert.Equal(Urls.BackgroundUndecided(Live, Checkout7, world.Requests[1].InsertId), link.GetAttribute("href"));
        Assert.Equal("2 lines of this time cannot be decided", Report(RequestView.Of(analysis, 2)).Find(".undecided a").TextContent);
        Assert.Empty(Report(RequestView.Of(analysis, 0)).FindAll(".undecided"));
    }

    [Fact]
    public void Report_OfProbableLines_KeepsThemApart()
    {
        var view = RequestView.Of(Analyse(LateOrder()), 0);
        view = view with { Entries = [view.Entries[0], view.Entries[1] with { Probable = true }] };

        var report = Report(view);

        var tables = report.FindAll("table.entries");
        Assert.Equal(2, tables.Count);
        Assert.DoesNotContain("audit commit 17", tables[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("audit commit 17", tables[1].TextContent, StringComparison.Ordinal);
        Assert.Single(report.FindAll(".mark.probable"));
        Assert.Empty(report.FindAll("rect.after"));
    }

    [Fact]
    public void Report_OfAShortResponseWithLongWork_ZoomsToTheResponse()
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.05, LogWorld.Trace(1));
        world.Line("i1", 300, "late", LogWorld.Trace(1));
        var report = Report(RequestView.Of(Analyse(world), 0));
        Assert.Single(report.FindAll(".mark.late"));

        report.FindAll(".zoom button")[1].Click();

        Assert.Empty(report.FindAll(".mark.late"));
        Assert.Equal("true", report.FindAll(".zoom button")[1].GetAttribute("aria-pressed"));
    }

    [Fact]
    public void EntryTable_OfALineThatLooksLikeHtml_ShowsItAsText()
    {
        var report = Report(RequestView.Of(Analyse(LateOrder("<script>alert(1)</script>")), 0));
        Assert.Empty(report.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", report.Find("table.entries").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<RequestReport> Report(RequestView view) =>
        Render<RequestReport>(parameters => parameters.Add(p => p.View, view).Add(p => p.Source, Live));
}
