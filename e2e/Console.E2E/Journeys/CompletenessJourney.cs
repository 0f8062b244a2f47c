using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>
/// What a background audit write loses, by the page and by the simulator's own truth; the one change that cures it; and that the new revision
/// loses nothing. On a console of its own: the change would be in other journeys' way.
/// </summary>
public sealed class CompletenessJourney(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Page = "/audit/completeness?project=acme-prod&location=europe-west1&service=checkout";

    [Fact]
    public async Task Checkout_BeforeAndAfterTheFix_LosesAndLosesNothing()
    {
        // A stretch that is over: every record of it is written, or never will be.
        var now = TimeProvider.System.GetUtcNow();
        var (from, to) = (Minute(now.AddHours(-6)), Minute(now.AddMinutes(-40)));
        await demo.RunAsync("compliance", async page =>
        {
            await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"{Page}&from={from:yyyy-MM-ddTHH:mm}Z&to={to:yyyy-MM-ddTHH:mm}Z"));
            await Expect(page.Locator(".sentence")).ToBeVisibleAsync(new() { Timeout = 90_000 });
            await Expect(page.Locator(".progress")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
            await page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();

            var truth = await TruthAsync(from, to);
            var lost = truth.Count(static r => r.GetProperty("state").GetString() != "written");
            Assert.True(lost > 0, "The simulator's checkout lost nothing in five hours.");
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = string.Create(CultureInfo.InvariantCulture, $"None ({lost:N0})") })).ToBeVisibleAsync(new() { Timeout = 30_000 });
            var tabs = string.Join(' ', await page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of the check" }).GetByRole(AriaRole.Link).AllInnerTextsAsync());
            Assert.Equal(truth.Count, Number(tabs, "None") + Number(tabs, "Late") + Number(tabs, "In time"));
            Assert.True(Number(tabs, "Late") > 0, tabs);
        });

        await demo.RunAsync("sre", async page =>
        {
            await page.GotoAsync($"/background?change={Uri.EscapeDataString("""{"kind":"cpu-allocation","always":true}""")}&on=acme-prod/europe-west1/checkout");
            await page.Locator("#change-reason").FillAsync("Audit records are written after the response");
            var apply = page.Locator("[data-apply]:not([aria-disabled])");
            await apply.ClickAsync();
            await Expect(page.GetByText("It is over, and on the record.")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        });

        var fixedAt = TimeProvider.System.GetUtcNow();
        var revision = await NewRevisionAsync(fixedAt);
        await demo.RunAsync("compliance", async page =>
        {
            await page.GotoAsync(Page);
            await Expect(page.Locator(".progress")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
            var table = page.GetByRole(AriaRole.Table, new() { Name = "Completeness per revision" });
            for (var tries = 0; tries < 60; tries++)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
                await page.WaitForTimeoutAsync(5_000);
                var row = (await TableText.ReadAsync(table)).FirstOrDefault(r => revision.EndsWith(r["Revision"], StringComparison.Ordinal));
                if (row is not null && row["Must leave one"] != "0")
                {
                    Assert.Equal("0", row["None"]);
                    return;
                }
            }

            Assert.Fail($"The revision {revision} had no request that must leave an event in five minutes.");
        });
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcDateTime.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static int Number(string tabs, string name) =>
        int.Parse(Regex.Match(tabs, $@"{name} \(([\d,]+)\)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private async Task<List<JsonElement>> TruthAsync(DateTimeOffset from, DateTimeOffset to)
    {
        using var http = new HttpClient();
        var lines = await http.GetStringAsync(new Uri(demo.Simulator, string.Create(
            CultureInfo.InvariantCulture, $"simulator/truth/audit?service=checkout&from={from:yyyy-MM-ddTHH:mm:ss}Z&to={to:yyyy-MM-ddTHH:mm:ss}Z")));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
    }

    // The first revision that serves a request which must leave a record after the change.
    private async Task<string> NewRevisionAsync(DateTimeOffset after)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            var served = await TruthAsync(after, TimeProvider.System.GetUtcNow());
            if (served.Select(static r => r.GetProperty("revision").GetString()!).FirstOrDefault() is { } revision)
            {
                return revision;
            }

            await Task.Delay(2_000);
        }

        throw new InvalidOperationException("No request in five minutes.");
    }
}
