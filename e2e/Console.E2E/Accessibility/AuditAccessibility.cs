using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Accessibility;

/// <summary>Axe on each tab of the audit trail, and on an event with all its parts, as <see cref="PageAccessibility"/> does for the others.</summary>
[Collection(DemoTests.Name)]
public sealed class AuditAccessibility(DemoFixture demo)
{
    private static readonly (ColorScheme Theme, int Width)[] Looks = [(ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390)];

    [Fact]
    public Task Tabs_LightAndDark_NoSeriousFinding() => demo.RunAsync("compliance", async page =>
    {
        foreach (var (path, heading) in ((string, string)[])
        [
            ("/audit/verify", "Verify"),
            ("/audit/verify?tab=history", "Verify"),
            ("/audit/verify?tab=compare", "Verify"),
            ("/audit/evidence", "Evidence"),
            ("/audit/completeness", "Completeness"),
            ("/audit/books", "The three books"),
            ("/audit/outside", "Outside"),
            ("/audit/retention", "Retention"),
        ])
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync();
            await AccessibleAsync(page);
        }
    });

    [Fact]
    public Task OpenEvent_EachPart_NoSeriousFinding() => demo.RunAsync("compliance", async page =>
    {
        await page.GotoAsync("/audit?q=action%3Aorder.*");
        var row = page.Locator("tr[data-row] a[data-row-link]").First;
        await Expect(row).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await row.ClickAsync();
        var pane = page.GetByRole(AriaRole.Complementary);
        await Expect(pane.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToContainTextAsync("order.");
        await AccessibleAsync(page);
        foreach (var part in (string[])["Proof", "JSON"])
        {
            // The pane alone: the list beside it was looked at, and has hundreds of cells.
            await page.SetViewportSizeAsync(1280, 800);
            await pane.GetByRole(AriaRole.Link, new() { Name = part, Exact = true }).ClickAsync();
            await Expect(pane.Locator("[aria-current]").Filter(new() { HasText = part })).ToBeVisibleAsync();
            await Expect(pane.Locator("[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
            foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                Fine(await pane.RunAxe(Rules), $"{part} {theme}");
            }
        }

        // A page of its own, with all parts. An event without a trace: the logs of a request come later, and the journey looks at those.
        await page.SetViewportSizeAsync(1280, 800);
        await page.GotoAsync("/audit?q=action%3Aaudit.*");
        await Expect(row).ToBeVisibleAsync();
        await row.ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("[?&]event=", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(page.Url).Query);
        await page.GotoAsync($"/audit/event/{Uri.EscapeDataString(query["event"]!)}?workspace={Uri.EscapeDataString(query["in"]!)}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("audit.");
        await Expect(page.Locator("[data-proof=holds]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await AccessibleAsync(page);
    });

    private static async Task AccessibleAsync(IPage page)
    {
        // Settled: nothing says that it is being read.
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
        foreach (var (theme, width) in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 800);
            Fine(await page.RunAxe(Rules), $"{page.Url} {theme} {width}");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, $"{page.Url} is too wide at {width}");
        }
    }

    private static AxeRunOptions Rules => new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } };

    private static void Fine(AxeResult result, string where) => Assert.Empty(result.Violations.Where(static v => v.Impact is "serious" or "critical")
        .Select(v => $"{where}: {v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(static n => n.Html).Take(3))}"));
}
