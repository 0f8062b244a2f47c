using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using OpsConsole.Testing.AuditTrail;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>A compliance officer finds an event, proves it to somebody who trusts nobody here, and opens its request.</summary>
public abstract class AuditJourney(DemoFixture demo)
{
    [Fact]
    public Task Event_IsFound_ProvedWithForeignCode_AndLeadsToItsRequest() => demo.RunAsync("compliance", async page =>
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-proof-").FullName;
        try
        {
            // The simulated services have sent what they did; facets and filter box lead to it.
            await page.GotoAsync("/audit");
            var rows = page.Locator("tr[data-row]");
            await Expect(rows.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter events" }).FillAsync("action:order.*");
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=action%3Aorder", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
            await Expect(page.Locator("tr[data-row] .col-action").First).ToContainTextAsync("order.");
            await rows.First.Locator("a[data-row-link]").ClickAsync();
            var pane = page.GetByRole(AriaRole.Complementary);
            await Expect(pane.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToContainTextAsync("order.");

            // Proof: in words here, and in files for Go's golang.org/x/mod/sumdb.
            await pane.GetByRole(AriaRole.Link, new() { Name = "Proof", Exact = true }).ClickAsync();
            await Expect(pane.Locator("[data-proof=holds]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Expect(pane.Locator("svg[role=img]")).ToBeVisibleAsync();
            var proof = await DownloadAsync(page, pane.Locator("a[href*='/proof']"), Path.Combine(folder, "event.tlog-proof"));
            var leaf = await DownloadAsync(page, pane.Locator("a[href*='/leaf']"), Path.Combine(folder, "event.leaf.json"));
            var key = await pane.GetByRole(AriaRole.Button, new() { Name = "Copy verifier key of the log" }).GetAttributeAsync("data-copy");
            var (exit, output) = await GoVerifier.RunAsync("proof", key!, proof, leaf);
            Assert.True(exit == 0, output);
            await File.AppendAllTextAsync(leaf, " ");
            Assert.Equal(1, (await GoVerifier.RunAsync("proof", key!, proof, leaf)).Exit);

            // Its request, with the waterfall, as soon as the live logs reach it.
            await pane.GetByRole(AriaRole.Link, new() { Name = "Request", Exact = true }).ClickAsync();
            var request = pane.GetByRole(AriaRole.Link, new() { Name = "Open the request" });
            await Expect(request).ToBeVisibleAsync(new() { Timeout = 180_000 });
            var axe = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });
            Assert.Empty(axe.Violations.Where(static v => v.Impact is "serious" or "critical").Select(static v => $"{v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(static n => n.Html).Take(3))}"));
            await request.ClickAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/background/request", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

            // The newest order may be seconds old: its lines are judged half a minute after they were written.
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Lines of this request" })).ToBeVisibleAsync(new() { Timeout = 90_000 });

            // All of that is on the record, newest first.
            await page.GotoAsync("/audit?q=actor%3Aclara.weiss%40acme.example");
            await Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();
            var acts = await page.Locator("tr[data-row] .col-action").AllInnerTextsAsync();
            Assert.Equal(["background.logs.view", "background.logs.view", "audit.export", "audit.export", "audit.view", "audit.search"], acts.Take(6));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    [Fact]
    public async Task View_IsOnesOwn_OrShared_OpenedByItsAddress_AndRemoved()
    {
        await demo.RunAsync("compliance2", async page =>
        {
            await page.GotoAsync("/audit?q=outcome%3Adenied&last=24h");
            await SaveAsync(page, "Denials of a day", share: true);
            await SaveAsync(page, "My own denials", share: false);
            await Expect(page.Locator("[data-saved-views] li").Filter(new() { HasText = "My own denials" })).ToContainTextAsync("yours alone");
        });
        await demo.RunAsync("compliance", async page =>
        {
            await page.GotoAsync("/audit");
            await page.GetByText("Saved views").First.ClickAsync();
            await Expect(page.Locator("[data-saved-views] li").Filter(new() { HasText = "Denials of a day" })).ToContainTextAsync("shared by");
            await Expect(View(page, "My own denials")).ToHaveCountAsync(0);
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove Denials of a day" })).ToHaveCountAsync(0);
            await View(page, "Denials of a day").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter events" })).ToHaveValueAsync("outcome:denied");
        });
        await demo.RunAsync("compliance2", async page =>
        {
            await page.GotoAsync("/audit");
            foreach (var name in (string[])["Denials of a day", "My own denials"])
            {
                await OpenAsync(page);
                await page.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}" }).ClickAsync();
                await Expect(View(page, name)).ToHaveCountAsync(0);
            }
        });
    }

    private static ILocator View(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name });

    private static async Task OpenAsync(IPage page)
    {
        if (await page.Locator("details[data-saved-views][open]").CountAsync() == 0)
        {
            await page.GetByText("Saved views").First.ClickAsync();
        }
    }

    private static async Task SaveAsync(IPage page, string name, bool share)
    {
        await OpenAsync(page);
        await page.GetByLabel("Save this view as").FillAsync(name);
        if (share)
        {
            await page.GetByLabel("Share it with everybody who may browse").CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(View(page, name)).ToBeVisibleAsync();
    }

    private static async Task<string> DownloadAsync(IPage page, ILocator link, string file)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        await download.SaveAsAsync(file);
        return file;
    }
}
