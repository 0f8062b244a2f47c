using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>An upload over a slow line, and a change of mind.</summary>
[Collection(DemoTests.Name)]
public sealed partial class UploadJourney(DemoFixture demo)
{
    private const int SlowLine = 100 * 1024;

    [Fact]
    public async Task Upload_CancelledHalfWay_SaysSoAndCanBeSentAgain()
    {
        var file = Path.Combine(Path.GetTempPath(), $"slow-{Guid.NewGuid():N}.json");
        await File.WriteAllBytesAsync(file, new byte[4_000_000]);
        try
        {
            await demo.RunAsync("sre", async page =>
            {
                await page.GotoAsync("/background/open");
                var network = await page.Context.NewCDPSessionAsync(page);
                await network.SendAsync("Network.enable");
                await network.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["offline"] = false,
                    ["latency"] = 0,
                    ["downloadThroughput"] = -1,
                    ["uploadThroughput"] = SlowLine,
                });
                await page.Locator("input[type=file]").SetInputFilesAsync(file);
                var send = page.GetByRole(AriaRole.Button, new() { Name = "Upload and analyse" });
                await send.ClickAsync();
                var status = page.Locator(".upload-status");
                await Expect(status).ToContainTextAsync(Sending());
                await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Upload" })).ToBeVisibleAsync();

                await page.Locator("ops-upload").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

                await Expect(status).ToContainTextAsync("was not uploaded: cancelled.");
                await Expect(send).ToBeEnabledAsync();
                await Expect(page.GetByText(Path.GetFileName(file), new() { Exact = true })).ToHaveCountAsync(0);
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"Sending slow-.* of 4 MB, about \d+ (?:s|min) left", RegexOptions.None, 1000)]
    private static partial Regex Sending();
}
