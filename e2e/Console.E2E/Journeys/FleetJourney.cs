using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>The main walk: Services, one service, two revisions compared, and its background activity.</summary>
[Collection(DemoTests.Name)]
public sealed partial class FleetJourney(DemoFixture demo)
{
    [Fact]
    public Task Walk_ServicesToBackgroundActivity_EachStepHasAnAddress() => demo.RunAsync("sre", async page =>
    {
        var services = page.GetByRole(AriaRole.Table, new() { Name = "Services" });
        await Expect(services.Locator("tbody tr")).ToHaveCountAsync(12);
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter services" }).FillAsync("region:europe-west1 billing:request check");
        await Expect(services.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(FilterInAddress());

        await services.GetByRole(AriaRole.Link, new() { Name = "checkout", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "checkout", Level = 1 })).ToBeVisibleAsync();
        var revisions = page.GetByRole(AriaRole.Table, new() { Name = "Revisions of checkout" });
        var newest = revisions.Locator("tbody tr").First.GetByRole(AriaRole.Link).First;
        var name = (await newest.InnerTextAsync()).Trim();
        await newest.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 2 })).ToBeVisibleAsync();

        await page.GetByLabel("Compare with").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Compare revisions" })).ToBeVisibleAsync();
        await Expect(page.GetByText(Differs())).ToBeVisibleAsync();
        var address = page.Url;
        await page.ReloadAsync();
        await Expect(page.GetByText(Differs())).ToBeVisibleAsync();
        Assert.Equal(address, page.Url);

        await page.GetByRole(AriaRole.Link, new() { Name = "Background activity", Exact = true }).Last.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/background/acme-prod/europe-west1/checkout", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(page.Locator("p.sentence")).ToContainTextAsync("after the response", new() { Timeout = 90_000 });
    });

    [Fact]
    public Task Keyboard_Alone_FiltersOpensAndGoesBack() => demo.RunAsync("viewer", async page =>
    {
        var services = page.GetByRole(AriaRole.Table, new() { Name = "Services" });
        await Expect(services.Locator("tbody tr")).ToHaveCountAsync(12);
        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter services" })).ToBeFocusedAsync();

        // What the framework does once more when a slow answer reaches it.
        await page.EvaluateAsync("() => { const h1 = document.querySelector('h1'); h1.tabIndex = -1; h1.focus(); }");
        await page.Keyboard.TypeAsync("storefront");
        await Expect(services.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1").FocusAsync();
        await GoAsync(page, "b", "Background activity");
        await GoAsync(page, "s", "Services");
    });

    // The two keys have a second and a half, which a machine that does other things may take: then they are pressed again, as a person would.
    private static async Task GoAsync(IPage page, string key, string heading)
    {
        var there = page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 });
        for (var tries = 0; tries < 4 && !await there.IsVisibleAsync(); tries++)
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            for (var looks = 0; looks < 25 && !await there.IsVisibleAsync(); looks++)
            {
                await page.WaitForTimeoutAsync(200);
            }
        }

        await Expect(there).ToBeVisibleAsync();
    }

    [GeneratedRegex("region%3Aeurope-west1|region:europe-west1", RegexOptions.None, 1000)]
    private static partial Regex FilterInAddress();

    [GeneratedRegex(@"\d+ settings? differs?", RegexOptions.None, 1000)]
    private static partial Regex Differs();
}
