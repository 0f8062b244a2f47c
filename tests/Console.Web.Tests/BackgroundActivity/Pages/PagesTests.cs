using System.Globalization;
using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.Overview;
using OpsConsole.Web.BackgroundActivity.PerInstance;
using OpsConsole.Web.BackgroundActivity.PerRequest;
using OpsConsole.Web.BackgroundActivity.PerService;
using OpsConsole.Web.BackgroundActivity.PerService.Accepting;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pages;

/// <summary>The pages over an uploaded export, through the real catalog, reader and correlator.</summary>
public sealed class PagesTests : ConsoleContext
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-");
    private readonly AcceptancesInMemory _record = new();
    private readonly AnalysisCatalog _catalog;

    public PagesTests()
    {
        var settings = new SourceSettings { UploadFolder = Folder("uploads"), WindowFolder = Folder("windows") };
        _catalog = new AnalysisCatalog(new NoLogs(), CloudRun, settings, TimeProvider.System, NullLogger<AnalysisCatalog>.Instance);
        Services.AddSingleton(_catalog);
        Services.AddSingleton<ILogs>(new NoLogs());
        Services.AddSingleton(new Acceptances(_record, Trail, new ActEvents(Time), Time));
    }

    [Fact]
    public async Task BackgroundPage_OfAnUpload_ListsItsRevisionsWithTheirVerdict()
    {
        var id = await UploadAsync();
        var page = Open<BackgroundPage>(Urls.BackgroundIn(id));

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tr[data-row]")));
        var row = page.Find("tr[data-row]");
        Assert.Contains("checkout", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 (33.3 %)", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(Urls.BackgroundService("acme-prod", "europe-west1", "checkout", id), row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task BackgroundPage_WithAFilterThatNothingPasses_OffersToClearIt()
    {
        var id = await UploadAsync();
        var page = Open<BackgroundPage>(Urls.BackgroundIn(id) + "&q=service:nothing");
        page.WaitForAssertion(() => Assert.Contains("No revision matches", page.Markup, StringComparison.Ordinal));
        Assert.Contains(Urls.BackgroundIn(id), page.FindAll("a").Select(static a => a.GetAttribute("href")));
    }

    [Fact]
    public void BackgroundPage_OfDeletedLogs_SaysSo()
    {
        var page = Open<BackgroundPage>(Urls.BackgroundIn(AnalysisId.NewUpload()));
        page.WaitForAssertion(() => Assert.Contains("These logs are not here", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ServiceWorkPage_OfAnUpload_SaysWhatRanAndHowItWasJudged()
    {
        var id = await UploadAsync();
        var page = OpenService(Urls.BackgroundService("acme-prod", "europe-west1", "checkout", id));

        page.WaitForAssertion(() => Assert.StartsWith("1 line ran after the response of 1 request;", page.Find("p.sentence").TextContent, StringComparison.Ordinal));
        Assert.Contains("audit commit", page.Find(".finding h2").TextContent, StringComparison.Ordinal);
        Assert.Contains("audit commit 17", page.Find(".proofs li").TextContent, StringComparison.Ordinal);
        Assert.Contains("The timestamp of a request is its start.", page.Find(".judged").TextContent, StringComparison.Ordinal);
        var late = page.FindAll(".classes tbody tr").Where(static row => row.FirstElementChild!.TextContent is "after-response" or "resumed");
        Assert.Equal(1, late.Sum(static row => int.Parse(row.LastElementChild!.TextContent, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task ServiceWorkPage_WithARequestInItsAddress_OpensItBesideTheTable()
    {
        var id = await UploadAsync();
        var request = LateOrder().Requests[0].InsertId;
        var page = OpenService(Urls.BackgroundService("acme-prod", "europe-west1", "checkout", id) + "&tab=requests&request=" + request);

        page.WaitForAssertion(() => Assert.Single(page.FindAll("aside .waterfall")));
        Assert.Equal("true", page.Find("tr[data-row]").GetAttribute("aria-selected"));
        Assert.DoesNotContain("request=", page.Find("[data-close-pane]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceWorkPage_UndecidedTab_ListsLinesWithTheirCandidates()
    {
        var world = LateOrder();
        world.Line("i1", 13.1, "\u001b[31m<b>cache</b> miss");
        var id = await UploadAsync(world);
        var page = OpenService(Urls.BackgroundService("acme-prod", "europe-west1", "checkout", id) + "&tab=undecided");

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tr[data-row]")));
        Assert.Equal("Undecided (1)", page.Find(".page-tabs [aria-current=page]").TextContent);
        Assert.Equal("<b>cache</b> miss", page.Find("td.col-text").TextContent.Trim());
        Assert.Equal("several requests in flight", page.Find("td.col-why").TextContent.Trim());
        var links = page.FindAll("td.col-candidates a");
        Assert.Equal(["GET /slow 200", "GET /fast 200"], links.Select(static a => a.TextContent));
        Assert.Equal(Urls.BackgroundRequest(id, world.Requests[1].InsertId, At(12)), links[0].GetAttribute("href"));
        Assert.Equal(Urls.BackgroundInstance(id, "i1"), page.Find("td.col-instance a").GetAttribute("href"));
        Assert.Equal("1 undecided line, counted as nothing else", page.Find(".table-total").TextContent.Trim());
        Assert.Equal("\"logging.googleapis.com/trace\": \"projects/acme-prod/traces/TRACE_ID\"", page.Find(".about [data-copy]").GetAttribute("data-copy"));
    }

    [Fact]
    public async Task ServiceWorkPage_UndecidedTabOfDecidedLines_SaysSo()
    {
        var id = await UploadAsync();
        var page = OpenService(Urls.BackgroundService("acme-prod", "europe-west1", "checkout", id) + "&tab=undecided&sort=tail");
        page.WaitForAssertion(() => Assert.Contains("No line is undecided", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RequestAndInstancePage_ByLink_ShowTheRequestAndTheLife()
    {
        var id = await UploadAsync();
        var request = Open<RequestPage>(Urls.BackgroundRequest(id, LateOrder().Requests[0].InsertId, At(10)));
        request.WaitForAssertion(() => Assert.Equal("POST /orders?id=1", request.Find("h1").TextContent));

        var instance = Open<InstancePage>(Urls.BackgroundInstance(id, "i1"));
        instance.WaitForAssertion(() => Assert.Equal(3, instance.FindAll("rect.request").Count));

        var gone = Open<InstancePage>(Urls.BackgroundInstance(id, "i99"));
        gone.WaitForAssertion(() => Assert.Contains("This instance is not in these logs", gone.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void AcceptForm_WithAReason_PutsItOnTheRecordAndTakesItBack()
    {
        var finding = new Finding { Revision = Checkout7, Kind = FindingKind.AfterResponse, Template = "audit commit <*>", Id = "f1" };
        var done = false;
        var form = Render<AcceptForm>(parameters => parameters.Add(p => p.Finding, finding).Add(p => p.OnDone, recorded => done = recorded));
        form.Find("textarea").Input("moves to a queue in May");
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.True(done));
        Assert.Equal(("moves to a queue in May", true, "Sam Rivera"), (_record.Acts[0].Reason, _record.Acts[0].Accepted, _record.Acts[0].ActorName));

        var back = Render<AcceptForm>(parameters => parameters.Add(p => p.Finding, finding).Add(p => p.Current, _record.Acts[0]));
        back.WaitForAssertion(() => Assert.Single(back.FindAll(".history li")));
        back.Find("textarea").Input("worse than thought");
        back.Find("form").Submit();
        back.WaitForAssertion(() => Assert.False(_record.Acts[0].Accepted));
    }

    [Fact]
    public void AcceptForm_OfSomebodyWhoMayNot_SaysWhoMayAndRecordsNothing()
    {
        SignIn(Role.Viewer);
        var finding = new Finding { Revision = Checkout7, Kind = FindingKind.AfterResponse, Template = "t", Id = "f1" };
        var form = Render<AcceptForm>(parameters => parameters.Add(p => p.Finding, finding));
        form.Find("textarea").Input("because");
        form.Find("form").Submit();
        form.WaitForAssertion(() => Assert.Contains("may not accept findings", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Empty(_record.Acts);
    }

    /// <inheritdoc/>
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _catalog.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    private IRenderedComponent<TPage> Open<TPage>(string address)
        where TPage : IComponent
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>();
    }

    private IRenderedComponent<ServiceWorkPage> OpenService(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<ServiceWorkPage>(parameters => parameters
            .Add(p => p.Project, "acme-prod").Add(p => p.Location, "europe-west1").Add(p => p.Service, "checkout"));
    }

    private async Task<AnalysisId> UploadAsync(LogWorld? world = null)
    {
        var path = Path.Combine(_catalog.UploadFolder, "x.part");
        await File.WriteAllTextAsync(path, (world ?? LateOrder()).ToNdjson(), Encoding.UTF8);
        var id = _catalog.AddUpload(path, "orders.json", "Sam Rivera");
        var ready = new TaskCompletionSource();
        using var looking = _catalog.Find(id)!.Subscribe(() =>
        {
            if (_catalog.Find(id)!.State == SourceState.Ready)
            {
                ready.TrySetResult();
            }

            return Task.CompletedTask;
        });
        if (_catalog.Find(id)!.State != SourceState.Ready)
        {
            await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        return id;
    }
}
