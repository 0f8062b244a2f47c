using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Tests.CloudRun;

/// <summary>Parts of a service's page that need no log: what is in effect, and the arithmetic of its instances.</summary>
public sealed class ServiceInsightTests : ConsoleContext
{
    private const string Path = "/services/acme-prod/europe-west1/checkout";

    [Fact]
    public void Page_Parts_HaveAddressesThatCloseThePane()
    {
        Have(Build.Service());

        var page = RenderAt($"{Path}?revision=checkout-00002-bbb");

        Assert.Equal(
            [Path, $"{Path}?view=history", $"{Path}?view=settings", $"{Path}?view=effect", $"{Path}?view=instances"],
            page.FindAll(".page-tabs a").Select(static a => a.GetAttribute("href")));
        Assert.Equal("Revisions", page.Find(".page-tabs a[aria-current=page]").TextContent);
    }

    [Fact]
    public void InEffect_PinnedTraffic_NamesTheCauseAndLinksToTheOneChange()
    {
        Have(Build.Service(traffic: [Build.Pinned("checkout-00001-aaa")]) with
        {
            RawJson = """{"template":{"containers":[{"image":"registry.example/checkout:2","resources":{"limits":{"cpu":"1","memory":"1Gi"},"cpuIdle":true}}]}}""",
        });

        var page = RenderAt($"{Path}?view=effect");

        var gap = page.Find(".effect-gap");
        Assert.Contains("Traffic is pinned to checkout-00001-aaa: newer revisions receive nothing.", gap.TextContent, StringComparison.Ordinal);
        Assert.Contains(gap.QuerySelectorAll("tbody tr"), static r => r.TextContent.Contains("1 GiB", StringComparison.Ordinal) && r.TextContent.Contains("512 MiB on checkout-00001-aaa", StringComparison.Ordinal));
        var cure = gap.QuerySelector("a")!.GetAttribute("href")!;
        Assert.StartsWith($"{Path}?view=effect&change=", cure, StringComparison.Ordinal);
        Assert.Contains("route-to-latest", Uri.UnescapeDataString(cure), StringComparison.Ordinal);
    }

    [Fact]
    public void InEffect_NothingInTheWay_SaysSo()
    {
        Have(Build.Service());

        Assert.Contains("Everything that was asked for is in effect", RenderAt($"{Path}?view=effect").Find(".state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_TaggedRevisionWithAMinimum_ShowsTheArithmeticAndOffersToClearIt()
    {
        Have(Build.Service(scaling: new ServiceScaling { MinInstanceCount = 2, MaxInstanceCount = 10 }) with
        {
            TrafficStatuses =
            [
                new TrafficTarget { Type = TrafficTargetAllocationType.Latest, Percent = 100 },
                new TrafficTarget { Type = TrafficTargetAllocationType.Revision, Revision = "checkout-00001-aaa", Tag = "canary" },
            ],
        });

        var page = RenderAt($"{Path}?view=instances");

        Assert.Contains("2 to 10 instances, with 100 % of the traffic", page.Find(".instances-revision").TextContent, StringComparison.Ordinal);
        Assert.Contains("The service's minimum of 2 at 100 % of the traffic gives this revision 2.", page.Markup, StringComparison.Ordinal);
        Assert.Contains("5 kept", page.Find(".instances-service").TextContent, StringComparison.Ordinal);
        var cost = page.Find(".instances-cost");
        Assert.Contains("checkout-00001-aaa keeps 3 instances without traffic.", cost.TextContent, StringComparison.Ordinal);
        Assert.Contains("remove-tag", Uri.UnescapeDataString(cost.QuerySelector("a")!.GetAttribute("href")!), StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_MinimumOfTheRevisionItself_OffersToMoveItToTheService()
    {
        Have(Build.Service(revisionScaling: new RevisionScaling { MinInstanceCount = 3 }));

        var links = RenderAt($"{Path}?view=instances").FindAll(".instances-acts a").Select(static a => Uri.UnescapeDataString(a.GetAttribute("href")!)).ToList();

        Assert.Contains("\"minimum\":3", links[0], StringComparison.Ordinal);
        Assert.Contains("revision-limits", links[1], StringComparison.Ordinal);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private void Have(Service service)
    {
        CloudRun.Services.Add(service);
        CloudRun.Revisions.AddRange(
        [
            Build.Revision("checkout-00002-bbb", created: Build.Now.AddDays(-1), memory: "1Gi"),
            Build.Revision("checkout-00001-aaa", created: Build.Now.AddDays(-9), scaling: new RevisionScaling { MinInstanceCount = 3 }),
        ]);
    }

    private IRenderedComponent<ServicePage> RenderAt(string url)
    {
        Navigation.NavigateTo(url);
        return RenderRead<ServicePage>(p => p.Add(s => s.Project, Build.Project).Add(s => s.Region, "europe-west1").Add(s => s.Name, "checkout"));
    }
}
