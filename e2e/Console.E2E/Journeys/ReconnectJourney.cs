using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>What a page says and offers when its console went away.</summary>
[Collection(DemoTests.Name)]
public sealed class ReconnectJourney(DemoFixture demo)
{
    [Fact]
    public Task Page_AfterTheConnectionWasRejected_LoadsAgainAtItsAddress() => demo.RunAsync("viewer", async page =>
    {
        await page.GotoAsync("/services?q=region%3Aeurope-west1");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();

        // The class that blazor.web.js sets when a restarted console does not know the circuit.
        await page.EvaluateAsync("document.getElementById('components-reconnect-modal').classList.add('components-reconnect-rejected')");

        // It loads again by itself.
        await Expect(page.Locator("#components-reconnect-modal.components-reconnect-rejected")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();
        Assert.EndsWith("/services?q=region%3Aeurope-west1", page.Url, StringComparison.Ordinal);
    });
}
