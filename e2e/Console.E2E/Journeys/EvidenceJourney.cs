using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using OpsConsole.Testing.AuditTrail;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>
/// A compliance officer verifies everything, hands a bundle to an auditor who checks it with Go's code, and sees it named when somebody who owns the
/// database changes an event.
/// </summary>
public abstract class EvidenceJourney(TamperedFixture demo)
{
    [Fact]
    public Task Log_IsVerified_HandedOver_TamperedWith_AndTheChangeNamed() => demo.RunAsync("compliance", async page =>
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-evidence-").FullName;
        try
        {
            await page.GotoAsync("/audit/verify");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Verify", Level = 1 })).ToBeVisibleAsync();
            await AccessibleAsync(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "Verify all" }).ClickAsync();
            await Expect(page.Locator(".verdict[data-problems='0']")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator(".verify-badge[data-verified=good]")).ToContainTextAsync("signatures");
            await page.GetByRole(AriaRole.Link, new() { Name = "Past verifications" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Table, new() { Name = "Past verifications" }).Locator("tbody tr")).ToHaveCountAsync(1);

            // Its own latest checkpoint is consistent with itself; what is none says nothing.
            await page.GetByRole(AriaRole.Link, new() { Name = "Compare checkpoints" }).ClickAsync();
            var checkpoint = await DownloadAsync(page, page.GetByRole(AriaRole.Link, new() { Name = "Latest checkpoint" }), Path.Combine(folder, "checkpoint"));
            await page.GetByLabel("Checkpoint", new() { Exact = true }).FillAsync(await File.ReadAllTextAsync(checkpoint));
            await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
            await Expect(page.Locator("[data-comparison=consistent]")).ToBeVisibleAsync();
            await AccessibleAsync(page);

            // The bundle, checked by our verb and by Go with a key that did not come with it.
            await page.GotoAsync("/audit/evidence");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Evidence", Level = 1 })).ToBeVisibleAsync();
            await AccessibleAsync(page);
            await page.GetByRole(AriaRole.Button, new() { Name = "Make the bundle" }).ClickAsync();
            var row = page.Locator("tr[data-stage=Done]");
            await Expect(row).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await AccessibleAsync(page);
            var bundle = await DownloadAsync(page, row.GetByRole(AriaRole.Link, new() { Name = "Download" }), Path.Combine(folder, "evidence.zip"));
            var key = (await File.ReadAllTextAsync(checkpoint)).Split('\n')[0];
            var (exit, output, error) = await ConsoleProcess.RunAsync("verify", bundle);
            Assert.True(exit == 0, output + error);
            var vkey = output.Split('\n').Select(static l => l.Trim()).First(l => l.StartsWith("key ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            Assert.StartsWith(key, vkey, StringComparison.Ordinal);
            Assert.Equal(0, (await ConsoleProcess.RunAsync("verify", bundle, "--trust", vkey)).ExitCode);
            var (foreign, told) = await GoVerifier.RunAsync("bundle", bundle, vkey);
            Assert.True(foreign == 0, told);

            // Beside the running console, from the command line.
            (exit, output, error) = await demo.CommandAsync("audit", "verify");
            Assert.True(exit == 0, output + error);

            // Whoever owns the database changes one event, and cannot hide it.
            await demo.TamperAsync("event", "UPDATE audit.event SET leaf = (SELECT leaf FROM audit.event WHERE leaf_index = 0) WHERE leaf_index = 2");
            await page.GotoAsync("/audit/verify");
            await page.GetByRole(AriaRole.Button, new() { Name = "Verify all" }).ClickAsync();
            var problem = page.Locator("tr[data-kind=EventChanged][data-index='2']");
            await Expect(problem).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(problem).ToContainTextAsync("was changed after it was sealed");
            await Expect(page.Locator(".verify-badge[data-verified=problems]")).ToBeVisibleAsync();
            await AccessibleAsync(page);
            (exit, output, _) = await demo.CommandAsync("audit", "verify");
            Assert.True(exit == 1, output);
            Assert.Contains("index 2", output, StringComparison.Ordinal);
            await page.GotoAsync("/audit/evidence");
            await page.GetByRole(AriaRole.Button, new() { Name = "Make the bundle" }).ClickAsync();
            await Expect(page.Locator("tr[data-stage=Failed]")).ToContainTextAsync("Verify the audit trail", new() { Timeout = 60_000 });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    });

    private static async Task<string> DownloadAsync(IPage page, ILocator link, string file)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        await download.SaveAsAsync(file);
        return file;
    }

    private static async Task AccessibleAsync(IPage page)
    {
        foreach (var (width, theme) in ((int, ColorScheme)[])[(390, ColorScheme.Light), (1280, ColorScheme.Dark), (1280, ColorScheme.Light)])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 800);
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });
            Assert.Empty(result.Violations.Where(static v => v.Impact is "serious" or "critical").Select(v => $"{page.Url} {theme} {width}: {v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(static n => n.Html).Take(3))}"));
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{page.Url} is {overflow} px too wide at {width}");
            if (Environment.GetEnvironmentVariable("VE_SHOTS") is { } shots)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"{Directory.GetFiles(shots).Length:D2}-{width}-{theme}.png"), FullPage = true });
            }
        }
    }
}
