using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>The same change of five services, of which one fails; found again from another browser.</summary>
[Collection(DemoTests.Name)]
public sealed class BulkJourney(DemoFixture demo)
{
    private static readonly string[] Five = ["partner-gateway", "pricing", "search", "thumbnails", "webhooks"];

    [Fact]
    public async Task Bulk_FiveServicesOneFailing_FourAreInEffectAndTheSummaryStands()
    {
        var address = "";
        using var http = new HttpClient { BaseAddress = demo.Simulator };
        await demo.RunAsync("sre", async page =>
        {
            await page.GotoAsync("/services");
            foreach (var service in Five)
            {
                await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Choose {service}", Exact = true }).CheckAsync();
            }

            await page.GetByRole(AriaRole.Link, new() { Name = "Change 5 together" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Set Minimum and maximum of the service" }).ClickAsync();
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Maximum", Exact = true }).FillAsync("17");
            await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
            await Expect(page.GetByText("5 of 5 would be changed")).ToBeVisibleAsync();
            var failing = await page.EvaluateAsync<string>("() => [...document.querySelectorAll('a')].map(a => a.getAttribute('href') || '').find(h => /\\/services\\/acme-prod\\/[^/]+\\/search$/.test(h))");
            var region = failing.Split('/')[^2];
            using var fault = await http.PostAsJsonAsync(
                new Uri("simulator/faults", UriKind.Relative),
                new { kind = "status", status = 400, method = "PATCH", dryRun = false, path = $"/v2/projects/acme-prod/locations/{region}/services/search", message = "scaling.max_instance_count: Not in the middle of a sale.", times = 1 });
            fault.EnsureSuccessStatusCode();

            await page.GetByLabel("Reason for all of them").FillAsync("The database takes no more");
            await Expect(page.Locator("[data-apply]:not([aria-disabled])")).ToHaveTextAsync("Apply to 5 services");
            await page.Keyboard.PressAsync("Control+Enter");
            await page.WaitForURLAsync(new Regex("/changes/bulk/[0-9a-f-]{36}$"));
            address = page.Url;
            await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "4 in effect, 1 failed." })).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^search ") })).ToContainTextAsync("Not in the middle of a sale.");
        });

        // Another browser, another person.
        await demo.RunAsync("viewer", async page =>
        {
            await page.GotoAsync(address);
            await Expect(page.GetByText("4 in effect, 1 failed.")).ToBeVisibleAsync();
            await Expect(page.GetByText("The database takes no more")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stop what has not begun" })).ToHaveCountAsync(0);
        });
    }
}
