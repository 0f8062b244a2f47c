using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Accessibility;

/// <summary>Axe on every page, in both themes; wide and narrow. No serious or critical finding, and no list of exceptions.</summary>
[Collection(DemoTests.Name)]
public sealed class PageAccessibility(DemoFixture demo)
{
    public static TheoryData<string, string> Pages => new()
    {
        { "/sign-in", "Sign in" },
        { "/services", "Services" },
        { "/services?q=nothing-matches-this", "Services" },
        { "/services/jobs", "Jobs" },
        { "/services/worker-pools", "Worker pools" },
        { "/services/acme-prod/europe-west1/checkout", "checkout" },
        { "/services/acme-prod/asia-northeast1/storefront", "storefront" },
        { "/services/acme-prod/europe-west1/absent", "absent" },
        { "/services/acme-prod/europe-west1/pricing?view=history&days=400", "pricing" },
        { "/services/acme-prod/europe-west1/pricing?view=settings", "pricing" },
        { "/services/acme-prod/europe-west1/pricing?view=effect", "pricing" },
        { "/services/acme-prod/asia-northeast1/storefront?view=instances", "storefront" },
        { "/services?change=choose&on=acme-prod/europe-west1/checkout", "Services" },
        { "/services?change=resources&on=acme-prod/europe-west1/checkout", "Services" },
        { "/services?change=%7B%22kind%22%3A%22concurrency%22%2C%22requests%22%3A5000%7D&on=acme-prod/europe-west1/checkout", "Services" },
        { "/services?change=%7B%22kind%22%3A%22scale-manually%22%2C%22instances%22%3A0%7D&on=acme-prod/europe-west1/pricing", "Services" },
        { "/changes", "Changes" },
        { "/changes/absent", "A change" },
        { "/background", "Background activity" },
        { "/background/acme-prod/europe-west1/checkout", "checkout" },
        { "/background/acme-prod/europe-west1/checkout?tab=requests", "checkout" },
        { "/background/acme-prod/europe-west1/checkout?tab=time", "checkout" },
        { "/background/acme-prod/europe-west1/checkout?tab=undecided", "checkout" },
        { "/background/acme-prod/us-central1/search?tab=undecided", "search" },
        { "/background/open", "Other logs" },
        { "/audit", "Audit trail" },
        { "/audit?q=action%3Aorder.*&last=24h", "Audit trail" },
        { "/audit?q=outcome%3Amaybe", "Audit trail" },
        { "/audit/event/not-there?workspace=acme-prod", "Event" },
        { "/not-a-page", "There is no such page" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_LightAndDark_NoSeriousFinding(string path, string heading)
    {
        foreach (var (theme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390) })
        {
            await demo.RunAsync(path == "/sign-in" ? null : path.StartsWith("/audit", StringComparison.Ordinal) ? "compliance" : "sre", async page =>
            {
                await page.GotoAsync(path);
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync();

                // Settled: nothing says that it is being read. Progress of the live window may go on; it shares the quota of log reads, which a quick machine
                // has used up when it asks for the history of a service, a minute or two before there is more.
                await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
                var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });
                var serious = result.Violations.Where(static v => v.Impact is "serious" or "critical")
                    .Select(v => $"{theme} {width}: {v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(static n => n.Html).Take(3))}");
                Assert.Empty(serious);

                // Readable on a phone: the page itself does not scroll sideways.
                var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(overflow <= 0, $"{path} is {overflow} px too wide at {width}");
            }, width, theme: theme, mayLog: path.Contains("not-a-page", StringComparison.Ordinal));
        }
    }
}
