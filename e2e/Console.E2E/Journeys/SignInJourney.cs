using Microsoft.Playwright;
using OpsConsole.E2E.Running;

namespace OpsConsole.E2E.Journeys;

[Collection(DemoTests.Name)]
public sealed class SignInJourney(DemoFixture demo)
{
    [Fact]
    public Task DeepLink_NotSignedIn_ArrivesAfterSignIn() => demo.RunAsync(null, async page =>
    {
        await page.GotoAsync("/services?q=region%3Aeurope-west1");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Vik Patel" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/services\\?q=region%3Aeurope-west1", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();
    });

    [Fact]
    public Task SignOut_Signed_NeedsSignInAgain() => demo.RunAsync("sre", async page =>
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync("/services");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    });
}
