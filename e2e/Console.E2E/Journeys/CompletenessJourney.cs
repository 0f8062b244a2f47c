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
        // A stretch that is over: every record of it is written, or never will be. By day it may be that none of it is lost.
        var now = TimeProvider.System.GetUtcNow();
        var (from, to) = (Minute(now.AddHours(-6)), Minute(now.AddMinutes(-40)));
        await demo.RunAsync("compliance", async page =>
        {
            await OpenAsync(page, from, to);
            var truth = await SimulatedTraffic.RecordsAsync(demo.Simulator, "checkout", from, to);
            var lost = truth.Count(Lost);

            // The services may still be sending what they did before the console was there.
            var none = page.GetByRole(AriaRole.Link, new() { Name = string.Create(CultureInfo.InvariantCulture, $"None ({lost:N0})"), Exact = true });
            for (var tries = 0; tries < 60 && !await none.IsVisibleAsync(); tries++)
            {
                await page.WaitForTimeoutAsync(1_000);
                await CheckAgainAsync(page);
            }

            await Expect(none).ToBeVisibleAsync();
            var tabs = string.Join(' ', await page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of the check" }).GetByRole(AriaRole.Link).AllInnerTextsAsync());
            Assert.Equal(truth.Count, Number(tabs, "None") + Number(tabs, "Late") + Number(tabs, "In time"));
            Assert.True(Number(tabs, "Late") > 0, tabs);
        });

        // A record stands still with its instance; the cure replaces that, and nobody comes to wake it before.
        await SimulatedTraffic.KeepCallersAwayAsync(demo.Simulator);
        var before = await LeaveOneUndoneAsync();
        await demo.RunAsync("sre", async page =>
        {
            await page.GotoAsync($"/background?change={Uri.EscapeDataString("""{"kind":"cpu-allocation","always":true}""")}&on=acme-prod/europe-west1/checkout");
            await page.Locator("#change-reason").FillAsync("Audit records are written after the response");
            var apply = page.Locator("[data-apply]:not([aria-disabled])");
            await apply.ClickAsync();
            await Expect(page.GetByText("It is over, and on the record.")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        });

        var after = await SimulatedTraffic.SendAsync(demo.Simulator, "checkout", 30, 3);
        var end = after.Last.AddSeconds(1);
        await demo.RunAsync("compliance", async page =>
        {
            await OpenAsync(page, before, end);
            var (truth, shown) = await SettledAsync(page, before, end);
            Assert.Equal(
                truth.GroupBy(Revision, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => (g.Count(), g.Count(Lost)), StringComparer.Ordinal),
                shown.ToDictionary(static r => r["Revision"], static r => (Number(r["Must leave one"]), Number(r["None"])), StringComparer.Ordinal));

            // Each request went to the revision of its time: the one loses, and the other does not.
            var (old, cured) = (truth.Where(r => Started(r) < after.First).ToList(), truth.Where(r => Started(r) >= after.First).ToList());
            Assert.True(old.Exists(Lost), "Nothing was lost before the change.");
            Assert.NotEmpty(cured);
            Assert.DoesNotContain(cured, Lost);
            Assert.DoesNotContain(Assert.Single(cured.Select(Revision).Distinct(StringComparer.Ordinal)), old.Select(Revision));
        });
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcDateTime.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static int Number(string tabs, string name) =>
        Number(Regex.Match(tabs, $@"{name} \(([\d,]+)\)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static bool Lost(JsonElement record) => record.GetProperty("state").GetString() != "written";

    private static string Revision(JsonElement record) => record.GetProperty("revision").GetString()!;

    private static DateTimeOffset Started(JsonElement record) => record.GetProperty("responseAt").GetDateTimeOffset();

    private static async Task OpenAsync(IPage page, DateTimeOffset from, DateTimeOffset to)
    {
        await page.GotoAsync($"{Page}&from={SimulatedTraffic.Text(from)}&to={SimulatedTraffic.Text(to)}");
        await Expect(page.Locator(".sentence")).ToBeVisibleAsync(new() { Timeout = 240_000 });
        await Expect(page.Locator(".progress")).ToHaveCountAsync(0, new() { Timeout = 240_000 });
    }

    // Each check is an event of its own, and says which.
    private static async Task CheckAgainAsync(IPage page)
    {
        var asked = page.Locator(".asked");
        var number = Regex.Match(await asked.InnerTextAsync(), @"recorded as event (?<number>[\d,]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["number"].Value;
        await page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Expect(asked).ToContainTextAsync(new Regex($@"recorded as event (?!{number}\.)", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    // Sends requests until one has left a record that stands still, for its instance has no CPU; when the first of them came.
    private async Task<DateTimeOffset> LeaveOneUndoneAsync()
    {
        DateTimeOffset? began = null;
        for (var requests = 0; requests < 60; requests++)
        {
            var (came, _) = await SimulatedTraffic.SendAsync(demo.Simulator, "checkout", 1, 0);
            began ??= came;
            for (var tries = 0; tries < 600 && await SimulatedTraffic.AnsweredAsync(demo.Simulator, "checkout", came) == 0; tries++)
            {
                await Task.Delay(200);
            }

            // The CPU stays for some milliseconds, and the simulation is half a second ahead.
            await Task.Delay(1_000);
            if ((await SimulatedTraffic.RecordsAsync(demo.Simulator, "checkout", came, came.AddSeconds(1))).Exists(static r => r.GetProperty("state").GetString() == "pending"))
            {
                return began.Value;
            }
        }

        throw new InvalidOperationException("None of 60 requests left its record to later.");
    }

    // Checks until every record of the stretch is due and accounted for.
    private async Task<(List<JsonElement> Truth, IReadOnlyList<IReadOnlyDictionary<string, string>> Shown)> SettledAsync(IPage page, DateTimeOffset from, DateTimeOffset to)
    {
        var table = page.GetByRole(AriaRole.Table, new() { Name = "Completeness per revision" });
        for (var left = 80; ; left--)
        {
            await CheckAgainAsync(page);
            var truth = await SimulatedTraffic.RecordsAsync(demo.Simulator, "checkout", from, to);
            var shown = await TableText.ReadAsync(table);
            if (left == 0 || (shown.Sum(static r => Number(r["Must leave one"])) == truth.Count
                && shown.Sum(static r => Number(r["In time"]) + Number(r["Late"]) + Number(r["None"])) == truth.Count))
            {
                return (truth, shown);
            }

            await page.WaitForTimeoutAsync(4_000);
        }
    }
}
