using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Tests.CloudRun;

public sealed class ServicePageTests : ConsoleContext
{
    private const string Path = "/services/acme-prod/europe-west1/checkout";

    public ServicePageTests()
    {
        CloudRun.Services.Add(Build.Service(traffic: [Build.Pinned("checkout-00001-aaa")]));
        CloudRun.Revisions.AddRange(
        [
            Build.Revision("checkout-00002-bbb", created: Build.Now.AddDays(-1), memory: "1Gi", env:
            [
                new EnvVar { Name = "API_KEY", Value = "hunter2" },
                new EnvVar { Name = "DB_PASSWORD", Secret = "projects/p/secrets/db-password", SecretVersion = "latest" },
            ]),
            Build.Revision("checkout-00001-aaa", created: Build.Now.AddDays(-9)),
        ]);
    }

    [Fact]
    public void Page_Service_ShowsHeaderWarningAndRevisionsNewestFirst()
    {
        var page = RenderAt(Path);

        Assert.Equal("checkout", page.Find("h1").TextContent);
        Assert.Contains("https://checkout-x.a.run.app", page.Find(".summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("Traffic is pinned to checkout-00001-aaa", page.Find(".warnings").TextContent, StringComparison.Ordinal);
        Assert.Equal(["checkout-00002-bbb", "checkout-00001-aaa"], page.FindAll("tbody th").Select(static th => th.TextContent));
        Assert.Equal("100", page.FindAll("tr[data-row]")[1].QuerySelector(".col-traffic")!.TextContent);
        Assert.Equal([$"{Path}?change=choose&on=acme-prod%2Feurope-west1%2Fcheckout", "/background/acme-prod/europe-west1/checkout"], page.FindAll(".page-actions a").Select(static a => a.GetAttribute("href")));
        Assert.Empty(page.FindAll(".pane"));
    }

    [Theory]
    [InlineData("general", "request-based")]
    [InlineData("scaling", "Minimum provisioned now")]
    [InlineData("containers", "registry.example/checkout:2")]
    [InlineData("networking", "Service account")]
    [InlineData("conditions", "succeeded")]
    [InlineData("json", "\"limits\"")]
    public void Page_RevisionAndTabInTheAddress_OpenThatPart(string tab, string shows)
    {
        var page = RenderAt($"{Path}?revision=checkout-00002-bbb&tab={tab}");

        Assert.Contains(shows, page.Find(".pane-body").TextContent, StringComparison.Ordinal);
        Assert.Equal("checkout-00002-bbb", page.Find("tr[aria-selected=true] th").TextContent);
        Assert.Equal(Path, page.Find("[data-close-pane]").GetAttribute("href"));
    }

    [Theory]
    [InlineData("containers")]
    [InlineData("json")]
    public void Page_VariablesOfARevision_AreMasked(string tab)
    {
        var page = RenderAt($"{Path}?revision=checkout-00002-bbb&tab={tab}");

        Assert.Contains("API_KEY", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_SecretOfARevision_IsShownByName() =>
        Assert.Contains("secret db-password, version latest", RenderAt($"{Path}?revision=checkout-00002-bbb&tab=containers").Find(".env-table").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Page_Compare_ShowsWhatDiffersAndHidesValues()
    {
        var page = RenderAt($"{Path}?compare=checkout-00001-aaa..checkout-00002-bbb");

        var rows = page.FindAll(".diff-table tbody tr:not(.group-row)");
        Assert.Contains(rows, static r => r.TextContent.Contains("Memory", StringComparison.Ordinal) && r.TextContent.Contains("512 MiB", StringComparison.Ordinal) && r.TextContent.Contains("1 GiB", StringComparison.Ordinal));
        Assert.Contains(rows, static r => r.TextContent.Contains("API_KEY", StringComparison.Ordinal) && r.TextContent.Contains("not set", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_ChosenFromARevision_PutsTheOlderOnTheLeft()
    {
        var page = RenderAt($"{Path}?revision=checkout-00002-bbb");

        await page.Find(".compare-with select").ChangeAsync("checkout-00001-aaa");

        Assert.EndsWith("compare=checkout-00001-aaa..checkout-00002-bbb", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".diff-table")));
    }

    [Fact]
    public void Page_CompareWithItself_SaysThatNothingDiffers() =>
        Assert.Contains("are the same", RenderAt($"{Path}?compare=checkout-00001-aaa..checkout-00001-aaa").Find(".pane-body").TextContent, StringComparison.Ordinal);

    [Theory]
    [InlineData("?revision=gone")]
    [InlineData("?compare=gone..checkout-00001-aaa")]
    public void Page_RevisionThatIsGone_SaysSo(string query) =>
        Assert.Contains("gone is not among the revisions", RenderAt(Path + query).Find(".pane").TextContent, StringComparison.Ordinal);

    [Fact]
    public void Page_RevisionInTheAddressChanges_FollowsWithoutReadingAgain()
    {
        var page = RenderAt($"{Path}?revision=checkout-00002-bbb");

        Navigation.NavigateTo($"{Path}?revision=checkout-00001-aaa");

        page.WaitForAssertion(() => Assert.Equal("checkout-00001-aaa", page.Find(".pane h2").TextContent));
        Assert.Equal(1, CloudRun.Calls(nameof(ICloudRun.GetServiceAsync)));
    }

    [Fact]
    public void Page_UnknownService_SaysThatItDoesNotExist()
    {
        var page = RenderRead<ServicePage>(p => p.Add(s => s.Project, Build.Project).Add(s => s.Region, "europe-west1").Add(s => s.Name, "nothing"));

        Assert.Equal("It does not exist", page.Find("[role=alert] h2").TextContent);
    }

    [Fact]
    public void Page_AnotherService_ShowsNothingOfTheOneBefore()
    {
        CloudRun.Services.Add(Build.Service("shop"));
        var page = RenderAt(Path);

        page.Render(p => p.Add(s => s.Name, "shop"));

        page.WaitForAssertion(() => Assert.Equal("shop", page.Find("h1").TextContent));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".summary")));
        Assert.Empty(page.FindAll("tbody th"));
        Assert.DoesNotContain("checkout", page.Find(".summary").TextContent + page.Find(".page-header").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_SlowAnswerOfTheServiceBefore_IsDropped()
    {
        CloudRun.Services.Add(Build.Service("shop"));
        var slow = new TaskCompletionSource();
        CloudRun.Gate = slow;
        var page = Render<ServicePage>(p => p.Add(s => s.Project, Build.Project).Add(s => s.Region, "europe-west1").Add(s => s.Name, "checkout"));

        CloudRun.Gate = null;
        page.Render(p => p.Add(s => s.Name, "shop"));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".summary")));
        slow.SetResult();

        Assert.DoesNotContain("Traffic is pinned", page.Markup, StringComparison.Ordinal);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private IRenderedComponent<ServicePage> RenderAt(string url)
    {
        Navigation.NavigateTo(url);
        return RenderRead<ServicePage>(p => p.Add(s => s.Project, Build.Project).Add(s => s.Region, "europe-west1").Add(s => s.Name, "checkout"));
    }
}
