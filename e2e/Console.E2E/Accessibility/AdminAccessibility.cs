using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Accessibility;

/// <summary>Axe on the administrators' pages, as <see cref="PageAccessibility"/> does for the others.</summary>
[Collection(DemoTests.Name)]
public sealed class AdminAccessibility(DemoFixture demo)
{
    [Theory]
    [InlineData("/admin/roles", "Roles")]
    [InlineData("/admin/roles?new=1", "Roles")]
    [InlineData("/admin/tokens", "Tokens")]
    [InlineData("/admin/tokens?new=1", "Tokens")]
    [InlineData("/admin/settings", "Settings")]
    [InlineData("/admin/diagnostics", "Diagnostics")]
    public async Task Page_LightAndDark_NoSeriousFinding(string path, string heading)
    {
        foreach (var (theme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390) })
        {
            await demo.RunAsync("admin", async page =>
            {
                await page.GotoAsync(path);
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 })).ToBeVisibleAsync();
                await Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
                var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });
                Assert.Empty(result.Violations.Where(static v => v.Impact is "serious" or "critical")
                    .Select(v => $"{theme} {width}: {v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(static n => n.Html).Take(3))}"));
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, $"{path} is too wide at {width}");
            }, width, theme: theme);
        }
    }
}
