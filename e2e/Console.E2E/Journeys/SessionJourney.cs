using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>Sessions and roles end on pages that are open.</summary>
[Collection(DemoTests.Name)]
public sealed class SessionJourney(DemoFixture demo)
{
    [Fact]
    public Task SignOut_InOneTab_EndsTheOther() => demo.RunAsync("viewer", async page =>
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/services");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Your session is over" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Role_GivenAndWithdrawn_ReachesThePageThatIsOpen() => demo.RunAsync("viewer", async vik =>
    {
        await Expect(vik.GetByRole(AriaRole.Link, new() { Name = "Audit trail" })).ToHaveCountAsync(0);
        await demo.RunAsync("admin", async ada =>
        {
            await ada.GetByRole(AriaRole.Link, new() { Name = "Administration" }).ClickAsync();
            await ada.GetByRole(AriaRole.Link, new() { Name = "Give a role" }).ClickAsync();
            await ada.GetByLabel("To whom").FillAsync("vik.patel@acme.example");
            await ada.Locator(".admin-form select").SelectOptionAsync("Compliance");
            await ada.GetByRole(AriaRole.Button, new() { Name = "Give this role" }).ClickAsync();
            await Expect(ada.GetByRole(AriaRole.Row, new() { Name = "vik.patel@acme.example" })).ToBeVisibleAsync();

            await vik.GetByRole(AriaRole.Link, new() { Name = "Audit trail" }).ClickAsync();
            await Expect(vik.GetByRole(AriaRole.Heading, new() { Name = "Audit trail", Level = 1 })).ToBeVisibleAsync();
            await Expect(vik.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToContainTextAsync("Your role does not include this");

            await ada.GetByRole(AriaRole.Button, new() { Name = "Withdraw compliance officer from vik.patel@acme.example" }).ClickAsync();
            await ada.GetByRole(AriaRole.Button, new() { Name = "Withdraw from vik.patel@acme.example" }).ClickAsync();
            await Expect(ada.GetByRole(AriaRole.Row, new() { Name = "vik.patel@acme.example" })).ToHaveCountAsync(0);
            await Expect(vik.GetByRole(AriaRole.Heading, new() { Name = "Your role does not include this" })).ToBeVisibleAsync();
        });
    });
}
