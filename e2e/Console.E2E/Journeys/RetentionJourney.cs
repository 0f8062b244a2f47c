using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>One person asks for an erasure, another decides; the person is gone and the proof stays. A hold blocks it.</summary>
public sealed class RetentionJourney(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task Erase_APerson_TakesTwoAndLeavesTheProof()
    {
        // Vik signs in: an event with a name, an address and a browser.
        await demo.RunAsync("viewer", static page => page.GotoAsync("/services"));
        await demo.RunAsync("compliance", static async page =>
        {
            await page.GotoAsync("/audit/retention?part=person");
            await page.GetByLabel("Id of the person, as in the events, or pseudonym").FillAsync("vik.patel@acme.example");
            await FindAsync(page, page.GetByText("Vik Patel"));

            // The name is not in the address, which browsers keep.
            Assert.DoesNotContain("vik", page.Url, StringComparison.OrdinalIgnoreCase);
            await page.GetByLabel("Reason; it stays when the data is gone").FillAsync("Request of the data subject");
            await page.GetByRole(AriaRole.Button, new() { Name = "Ask for erasure" }).ClickAsync();
            await Expect(page.GetByText("It waits for somebody else to decide.")).ToBeVisibleAsync();
            await page.GotoAsync("/audit/retention");
            await Expect(page.GetByText("You asked for this: somebody else decides.")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);
        });
        await demo.RunAsync("compliance2", static async page =>
        {
            await page.GotoAsync("/audit/retention");
            await page.GetByLabel("Reason of the decision").FillAsync("Checked");
            await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
            await Expect(page.GetByText("It is carried out once the decision is sealed")).ToBeVisibleAsync();
            await page.GotoAsync("/audit/retention?part=done");
            for (var tries = 0; tries < 30 && !await page.GetByText("Carried out").IsVisibleAsync(); tries++)
            {
                await page.WaitForTimeoutAsync(1_000);
                await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
            }

            await Expect(page.GetByText("Carried out")).ToBeVisibleAsync();
            await page.GotoAsync("/audit/retention?part=person");
            await page.GetByLabel("Id of the person, as in the events, or pseudonym").FillAsync("vik.patel@acme.example");
            await FindAsync(page, page.GetByText("Nobody of that id has a sealed event."));
        });
    }

    // Events are found once they are sealed, a moment after they happened.
    private static async Task FindAsync(IPage page, ILocator answer)
    {
        for (var tries = 0; tries < 30 && !await answer.IsVisibleAsync(); tries++)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
            await page.WaitForTimeoutAsync(500);
        }

        await Expect(answer).ToBeVisibleAsync();
    }

    [Fact]
    public Task Hold_OnEverything_BlocksErasure() => demo.RunAsync("compliance", static async page =>
    {
        await page.GotoAsync("/audit/retention?part=holds");
        await page.GetByLabel("Reason; it stays when the data is gone").FillAsync("Lawsuit 17");
        await page.GetByLabel("Workspace; empty covers everything").FillAsync("ws-held");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the hold" }).ClickAsync();
        await Expect(page.GetByText("The hold stands.")).ToBeVisibleAsync();
        await page.GotoAsync("/audit/retention?part=event&workspace=ws-held&event=any");
        await page.GetByLabel("Reason; it stays when the data is gone").FillAsync("Request");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for erasure" }).ClickAsync();
        await Expect(page.GetByText("A legal hold stands in the way")).ToBeVisibleAsync();
    });
}
