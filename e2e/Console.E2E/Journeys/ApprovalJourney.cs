using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>A change that takes a second person: one asks, cannot approve it, another approves, and it is applied.</summary>
[Collection(DemoTests.Name)]
public sealed class ApprovalJourney(DemoFixture demo)
{
    private const string Plan = "/services/acme-prod/asia-northeast1/reports?change=%7B%22kind%22%3A%22instance-limits%22%2C%22maximum%22%3A4%7D&on=acme-prod%2Fasia-northeast1%2Freports";

    [Fact]
    public async Task Approval_TwoPersonas_TheSecondAppliesWhatTheFirstAskedFor()
    {
        var address = "";
        await demo.RunAsync("sre", async page =>
        {
            await page.GotoAsync(Plan);
            var dialog = page.GetByRole(AriaRole.Dialog);
            await Expect(dialog.GetByText("opsconsole-approval=required")).ToBeVisibleAsync();
            await Expect(dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Apply") })).ToHaveCountAsync(0);
            await dialog.GetByLabel("Reason").FillAsync("The database takes no more");
            await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Ask for approval") }).ClickAsync();
            await dialog.GetByRole(AriaRole.Link, new() { Name = "Open the request" }).ClickAsync();
            await page.WaitForURLAsync(new Regex("/changes/approvals/acme-prod/"));
            address = page.Url;
            await Expect(page.GetByText("You asked for this change: somebody else has to decide")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Approve and apply" })).ToHaveCountAsync(0);
        });

        await demo.RunAsync("approver", async page =>
        {
            await page.GotoAsync("/services");
            await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Approvals") }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Set maximum instances to 4" }).ClickAsync();
            await Expect(page.GetByText("Nobody has written it since")).ToBeVisibleAsync();
            await page.GetByLabel("Why").FillAsync("Agreed with the database team");
            await page.GetByRole(AriaRole.Button, new() { Name = "Approve and apply" }).ClickAsync();
            await Expect(page.GetByText("In effect after")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        });

        await demo.RunAsync("sre", async page =>
        {
            await page.GotoAsync(address);
            await Expect(page.GetByText("Agreed with the database team")).ToBeVisibleAsync();
        });
    }
}
