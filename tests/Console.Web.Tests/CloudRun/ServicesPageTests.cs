using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Tests.CloudRun;

public sealed class ServicesPageTests : ConsoleContext
{
    [Fact]
    public void Page_Fleet_ShowsStateRegionBillingAndServing()
    {
        CloudRun.Services.AddRange([Build.Service("api"), Build.Service("shop", "us-east1", traffic: [Build.Pinned("shop-00001-aaa")])]);

        var page = RenderRead<ServicesPage>();

        Assert.Equal(["api", "shop"], Names(page));
        var shop = page.FindAll("tr[data-row]")[1];
        Assert.Contains("ready, pinned", shop.TextContent, StringComparison.Ordinal);
        Assert.Contains("us-east1", shop.TextContent, StringComparison.Ordinal);
        Assert.Contains("request-based", shop.TextContent, StringComparison.Ordinal);
        Assert.Contains("00001-aaa", shop.TextContent, StringComparison.Ordinal);
        Assert.Equal("/services/acme-prod/us-east1/shop", shop.QuerySelector("a[data-row-link]")!.GetAttribute("href"));
        Assert.Contains("2 services in 2 regions", page.Find(".table-foot").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_FilterAndSortInTheAddress_AreApplied()
    {
        CloudRun.Services.AddRange([Build.Service("api"), Build.Service("shop", "us-east1"), Build.Service("zoo", "us-east1")]);
        Go("/services?q=region%3Aus&sort=-name");

        var page = RenderRead<ServicesPage>();

        Assert.Equal(["zoo", "shop"], Names(page));
        Assert.Equal("region:us", page.Find("input[data-filter]").GetAttribute("value"));
        Assert.Contains("2 of 3 services", page.Find(".table-foot").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_Typed_GoesIntoTheAddress()
    {
        CloudRun.Services.AddRange([Build.Service("api"), Build.Service("shop")]);
        var page = RenderRead<ServicesPage>();

        await page.Find("input[data-filter]").InputAsync("shop");
        await page.Find("input[data-filter]").KeyDownAsync("Enter");

        Assert.EndsWith("/services?q=shop", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["shop"], Names(page)));
    }

    [Fact]
    public async Task Head_Clicked_PutsTheOrderIntoTheAddress()
    {
        CloudRun.Services.Add(Build.Service());
        var page = RenderRead<ServicesPage>();

        await page.FindAll("thead button").Single(static b => b.TextContent.StartsWith("Deployed", StringComparison.Ordinal)).ClickAsync();

        Assert.EndsWith("/services?sort=-deployed", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OneRegionForbidden_SaysWhichAndShowsTheRest()
    {
        CloudRun.Services.Add(Build.Service());
        CloudRun.Failures.Add(new RegionFailure(Build.Project, "us-east1", new CloudRunError.PermissionDenied("run.services.list", "projects/acme-prod", "denied")));

        var page = RenderRead<ServicesPage>();

        Assert.Equal(["checkout"], Names(page));
        Assert.Contains("run.services.list", page.Find(".notice-partial").TextContent, StringComparison.Ordinal);
        Assert.Contains("us-east1", page.Find(".notice-partial").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingReadable_NamesThePermissionAndTriesAgain()
    {
        CloudRun.Failures.Add(new RegionFailure(Build.Project, "", new CloudRunError.PermissionDenied("run.services.list", "projects/acme-prod", "denied")));
        var page = RenderRead<ServicesPage>();
        Assert.Contains("run.services.list", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        CloudRun.Failures.Clear();
        CloudRun.Services.Add(Build.Service());
        await page.Find("[role=alert] button").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(["checkout"], Names(page)));
    }

    [Fact]
    public void Page_EmptyProject_TeachesTheNextStep() =>
        Assert.Contains("gcloud run deploy", RenderRead<ServicesPage>().Find(".state").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Page_NothingMatches_OffersToClear()
    {
        CloudRun.Services.Add(Build.Service());
        Go("/services?q=nothing");

        Assert.Equal("/services", RenderRead<ServicesPage>().Find(".state a").GetAttribute("href"));
    }

    [Fact]
    public void Page_WhileReading_ShowsASkeleton_ThenRows()
    {
        CloudRun.Services.Add(Build.Service());
        CloudRun.Gate = new TaskCompletionSource();
        var page = Render<ServicesPage>();
        Assert.Contains("Reading services", page.Find("[role=status]").TextContent, StringComparison.Ordinal);

        CloudRun.Gate.SetResult();

        page.WaitForAssertion(() => Assert.Equal(["checkout"], Names(page)));
        Assert.Empty(page.FindAll(".skeleton"));
    }

    [Fact]
    public async Task Page_Left_GivesItsCallUp()
    {
        CloudRun.Gate = new TaskCompletionSource();
        Render<ServicesPage>();
        SpinUntilCalled();

        await DisposeComponentsAsync();

        Assert.True(SpinWait.SpinUntil(() => CloudRun.Cancelled == 1, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Refresh_Clicked_ReadsAgain()
    {
        CloudRun.Services.Add(Build.Service());
        var page = RenderRead<ServicesPage>();
        CloudRun.Services.Add(Build.Service("shop"));

        await page.Find(".data-time button").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(["checkout", "shop"], Names(page)));
    }

    [Fact]
    public void Page_NamesFromGoogle_AreEncoded()
    {
        CloudRun.Services.Add(Build.Service(lastModifier: "<img src=x onerror=alert(1)>"));

        Assert.Empty(RenderRead<ServicesPage>().FindAll("img"));
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private void Go(string url) => Navigation.NavigateTo(url);

    private void SpinUntilCalled() =>
        Assert.True(SpinWait.SpinUntil(() => CloudRun.Calls(nameof(ICloudRun.ListServicesAsync)) == 1, TimeSpan.FromSeconds(10)));

    private static IEnumerable<string> Names(IRenderedComponent<ServicesPage> page) => page.FindAll("tbody th").Select(static th => th.TextContent);
}
