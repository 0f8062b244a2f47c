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
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true })).ToBeVisibleAsync();
        var shown = await TableText.ReadAsync(table);

        using var http = new HttpClient();
        var truth = await http.GetFromJsonAsync<JsonElement>(new Uri(demo.Simulator, "simulator/truth"));
        var wrong = new List<string>();
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

        Assert.Empty(wrong);
        Assert.True(compared >= 12, $"only {compared} revisions were compared");
        var verdicts = shown.Select(static r => r["Verdict"]).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["at risk", "has CPU", "quiet"], StringComparer.Ordinal), verdicts);
    });
}
