using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using OpsConsole.Testing.Network;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>What somebody sees whose console loses its database, or is restarted under an open page.</summary>
public sealed class FaultJourney(FaultyDemoFixture demo) : IClassFixture<FaultyDemoFixture>
{
    [Fact]
    public Task Database_GoneUnderAnOpenPage_IsASentence_AndTheNextTryWorks() => demo.RunAsync("compliance", async page =>
    {
        await page.GotoAsync("/audit");
        await Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();

        demo.Link.State = LinkState.Refusing;
        try
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
            await Expect(page.GetByText("It is tried again by itself").First).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

            // Another page, in the same circuit, and one that is opened anew.
            await page.GotoAsync("/services");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();
            await Expect(page.GetByText("checkout").First).ToBeVisibleAsync();
        }
        finally
        {
            demo.Link.State = LinkState.Open;
        }

        await page.GotoAsync("/audit");
        await Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();
    });

    [Fact]
    public Task Console_RestartedUnderAnOpenPage_ComesBackAtTheSameAddress_StillSignedIn() => demo.RunAsync(
        "viewer",
        async page =>
        {
            await page.GotoAsync("/services?q=region%3Aeurope-west1");
            await Expect(page.GetByText("checkout").First).ToBeVisibleAsync();
            await page.EvaluateAsync("window.isBefore = true");

            await demo.RestartAsync();

            await page.WaitForFunctionAsync("() => window.isBefore !== true", null, new() { Timeout = 180_000 });
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();
            Assert.EndsWith("/services?q=region%3Aeurope-west1", page.Url, StringComparison.Ordinal);
        },
        mayLog: true);
}
