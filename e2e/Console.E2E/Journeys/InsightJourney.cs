using System.Net.Http.Headers;
using System.Text;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>Understanding a service: a change that somebody made with another program, and a deployment that serves nothing.</summary>
[Collection(DemoTests.Name)]
public sealed class InsightJourney(DemoFixture demo)
{
    [Fact]
    public Task History_ChangeByAnotherProgram_NamesTheAccountAndTheValues() => demo.RunAsync("viewer", async page =>
    {
        const string service = "projects/acme-prod/locations/europe-west1/services/webhooks";
        using var http = new HttpClient { BaseAddress = demo.Simulator };
        using var request = new HttpRequestMessage(HttpMethod.Patch, new Uri($"v2/{service}?updateMask=scaling.maxInstanceCount", UriKind.Relative))
        {
            Content = new StringContent("""{"scaling":{"maxInstanceCount":7}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd("curl/8.9.1");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "outsider@acme.example");
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();

        await page.GotoAsync("/services/acme-prod/europe-west1/webhooks?view=history&days=7");
        var row = page.Locator("tr[data-row]").Filter(new() { HasText = "curl/8.9.1" }).First;
        var done = row.Filter(new() { HasText = "done" });
        for (var left = 60; left > 0 && !await done.IsVisibleAsync(); left--)
        {
            // Google's log shows the end of an operation a moment after it; reading it may have to wait for the quota.
            await page.WaitForTimeoutAsync(1000);
            await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        }

        await Expect(row).ToContainTextAsync("outsider");
        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("outsider@acme.example");
        await Expect(page.Locator(".pane .diff-table")).ToContainTextAsync("Maximum instances of the service");
    });

    [Fact]
    public Task InEffect_PinnedService_NamesTheCauseAndOpensItsCure() => demo.RunAsync("sre", async page =>
    {
        await page.GotoAsync("/services/acme-prod/europe-west1/pricing");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of pricing" }).GetByRole(AriaRole.Link, new() { Name = "In effect" }).ClickAsync();
        await Expect(page.Locator(".effect-gap")).ToContainTextAsync("Traffic is pinned to pricing-stable");
        await page.Locator(".effect-gap").GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("latest");
    });
}
