using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>
/// Makes the pictures of the README from the running demo: into TestResults always, into docs/images where
/// OPSCONSOLE_SCREENSHOTS is set.
/// </summary>
[Collection(DemoTests.Name)]
public sealed class ReadmePictures(DemoFixture demo)
{
    [Theory]
    [InlineData(ColorScheme.Light, "light")]
    [InlineData(ColorScheme.Dark, "dark")]
    public async Task Pages_Demo_LookAsInTheReadme(ColorScheme theme, string name)
    {
        await demo.RunAsync("sre", async page =>
        {
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Services" }).Locator("tbody tr")).ToHaveCountAsync(12);
            await KeepAsync(page, $"services-{name}");

            await page.GotoAsync("/services/acme-prod/asia-northeast1/storefront");
            await page.GetByRole(AriaRole.Table, new() { Name = "Revisions of storefront" }).Locator("tbody tr").First.GetByRole(AriaRole.Link).First.ClickAsync();
            await page.GetByLabel("Compare with").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Compare revisions" })).ToBeVisibleAsync();
            await KeepAsync(page, $"compare-{name}");

            await page.GotoAsync("/background");
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Revisions and their work after the response" }).Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = 90_000 });
            await Expect(page.Locator(".progress")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
            await KeepAsync(page, $"background-{name}");

            await page.GotoAsync("/background/acme-prod/europe-west1/checkout");
            await Expect(page.Locator("p.sentence")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await KeepAsync(page, $"service-work-{name}");

            // The request that went on longest, in full.
            await page.GotoAsync("/background/acme-prod/europe-west1/checkout?tab=requests");
            var requests = page.GetByRole(AriaRole.Table, new() { Name = "Requests that went on after their response" });
            await requests.Locator("tbody").GetByRole(AriaRole.Link).First.ClickAsync();
            var pane = page.Locator("aside.pane");
            await Expect(pane).ToBeVisibleAsync();
            await pane.GetByRole(AriaRole.Link, new() { Name = "Open on a page of its own" }).First.ClickAsync();
            await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/background/request", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
            await Expect(page.Locator("svg").First).ToBeVisibleAsync();
            await KeepAsync(page, $"request-{name}");

            // The plan of the change that cures it; nothing is applied.
            await page.GotoAsync($"/background/acme-prod/europe-west1/checkout?change={Uri.EscapeDataString("""{"kind":"cpu-allocation","always":true}""")}&on=acme-prod/europe-west1/checkout");
            await Expect(page.GetByRole(AriaRole.Dialog).Locator(".diff-after")).ToHaveTextAsync("instance-based");
            await page.Locator("#change-reason").FillAsync("Audit records are lost after the response");
            await Expect(page.Locator("[data-apply]:not([aria-disabled])")).ToBeVisibleAsync();
            await KeepAsync(page, $"plan-{name}");
        }, theme: theme);

        await demo.RunAsync("compliance", async page =>
        {
            await page.GotoAsync("/audit/completeness?project=acme-prod&location=europe-west1&service=checkout");
            await Expect(page.Locator(".sentence")).ToBeVisibleAsync(new() { Timeout = 90_000 });
            await Expect(page.Locator(".progress")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Completeness per revision" })).ToBeVisibleAsync();
            await KeepAsync(page, $"completeness-{name}");

            await page.GotoAsync("/audit");
            await page.Locator("[data-row-link]").First.ClickAsync();
            await page.Locator("aside.pane").GetByRole(AriaRole.Link, new() { Name = "Proof", Exact = true }).ClickAsync();
            await Expect(page.Locator("aside.pane").GetByText("covered", new() { Exact = true })).ToBeVisibleAsync();
            await KeepAsync(page, $"proof-{name}");
        }, theme: theme);
    }

    private static async Task KeepAsync(IPage page, string name)
    {
        var folder = Environment.GetEnvironmentVariable("OPSCONSOLE_SCREENSHOTS") is { Length: > 0 }
            ? Path.Combine(Repository.Root, "docs", "images")
            : Path.Combine(Repository.Root, "TestResults");
        Directory.CreateDirectory(folder);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }
}
