using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>The page's verdicts against what the simulator knows of itself.</summary>
[Collection(DemoTests.Name)]
public sealed class VerdictJourney(DemoFixture demo)
{
    [Fact]
    public Task Fleet_DemoServices_VerdictsAreThoseThatTheirWorkloadsDeserve() => demo.RunAsync("compliance", async page =>
    {
        await page.GotoAsync("/background");
        var table = page.GetByRole(AriaRole.Table, new() { Name = "Revisions and their work after the response" });
        await Expect(table.Locator("tbody tr").First).ToBeVisibleAsync(new() { Timeout = 90_000 });

        // The window is read newest first within 60 calls a minute: wait until no progress bar is left.
        await Expect(page.Locator(".progress")).ToHaveCountAsync(0, new() { Timeout = 240_000 });

        // While a WebSocket of the storefront is open it has no entry, and what it writes looks like work without a request: the page says so, and judges
        // anew when the entry comes, five minutes later at most. A verdict that is wrong for good stays wrong.
        var (shown, compared, wrong) = await CompareAsync(page, table);
        for (var tries = 0; wrong.Count > 0 && tries < 40; tries++)
        {
            await page.WaitForTimeoutAsync(10_000);
            (shown, compared, wrong) = await CompareAsync(page, table);
        }

        Assert.Empty(wrong);
        Assert.True(compared >= 12, $"only {compared} revisions were compared");
        var verdicts = shown.Select(static r => r["Verdict"]).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["at risk", "has CPU", "quiet"], StringComparer.Ordinal), verdicts);
    });

    private async Task<(IReadOnlyList<IReadOnlyDictionary<string, string>> Shown, int Compared, List<string> Wrong)> CompareAsync(IPage page, ILocator table)
    {
        // Held still while it is read.
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true })).ToBeVisibleAsync();
        var shown = await TableText.ReadAsync(table);
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true })).ToBeVisibleAsync();

        using var http = new HttpClient();
        var truth = await http.GetFromJsonAsync<JsonElement>(new Uri(demo.Simulator, "simulator/truth"));
        List<string> wrong = [];
        var compared = 0;
        foreach (var revision in truth.GetProperty("revisions").EnumerateArray())
        {
            var service = revision.GetProperty("service").GetString()!;
            var name = revision.GetProperty("revision").GetString()!;
            var row = shown.FirstOrDefault(r => r["Service"] == service && (r["Revision"] == name || $"{service}-{r["Revision"]}" == name));

            // A revision with a handful of requests proves nothing either way.
            if (row is null || revision.GetProperty("requests").GetInt32() < 10)
            {
                continue;
            }

            compared++;
            var expected = revision.GetProperty("verdict").GetString();
            if (row["Verdict"] != expected)
            {
                wrong.Add($"{name}: page says {row["Verdict"]}, the workload deserves {expected}");
            }
        }

        return (shown, compared, wrong);
    }
}
