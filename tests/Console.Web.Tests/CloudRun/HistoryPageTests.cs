using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;
using OpsConsole.Web.CloudRun;
using OpsConsole.Web.Tests.Changes;

namespace OpsConsole.Web.Tests.CloudRun;

/// <summary>History and blame on a service's page, over the simulated Cloud Run and its audit log.</summary>
public sealed class HistoryPageTests : ConsoleContext
{
    private const string Path = "/services/acme-prod/europe-west1/checkout";
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task History_ChangeMadeHere_ShowsWhoWhyValuesUndoAndReceipt()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await using var restarted = bench.Another(new SkippingTime(run.EndedAt!.Value.AddMinutes(12)));
        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);

        var page = RenderAt(bench, $"{Path}?view=history&item={run.Id}");

        var row = page.Find("tr[data-row]");
        Assert.Contains("this console", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("because", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot tell", row.TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Contains("No request came in either window.", page.Find(".receipt").TextContent, StringComparison.Ordinal));
        Assert.Contains("undo:", Uri.UnescapeDataString(page.Find(".history-acts a").GetAttribute("href")!), StringComparison.Ordinal);
        Assert.Contains(page.FindAll(".pane .diff-table tbody tr"), static r => r.TextContent.Contains("Minimum instances of the service", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_AuditLogForbidden_NamesThePermissionAndShowsTheRest()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await bench.FaultAsync(new { kind = "denied", permission = "logging.logEntries.list" });

        var page = RenderAt(bench, $"{Path}?view=history");

        Assert.Contains("logging.logEntries.list", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("Set minimum instances", page.Find("tr[data-row]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_ChangedHere_AreBlamedOnTheChange()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));

        var page = RenderAt(bench, $"{Path}?view=settings");

        var minimum = Assert.Single(page.FindAll("tr[data-row]"), static r => r.TextContent.Contains("Minimum instances of the service", StringComparison.Ordinal));
        Assert.Contains("because", minimum.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Path}?view=history&item={run.Id}", minimum.QuerySelector("a")!.GetAttribute("href"));
    }

    private IRenderedComponent<ServicePage> RenderAt(ChangeBench bench, string url)
    {
        Services.AddSingleton(bench.Fleet);
        Services.AddSingleton(bench.Histories);
        Services.AddSingleton(bench.Receipts);
        Services.AddSingleton(bench.Board);
        Services.GetRequiredService<NavigationManager>().NavigateTo(url);
        var page = Render<ServicePage>(p => p.Add(s => s.Project, "acme-prod").Add(s => s.Region, "europe-west1").Add(s => s.Name, "checkout"));
        page.WaitForState(() => page.FindAll("tr[data-row]").Count > 0);
        return page;
    }
}
