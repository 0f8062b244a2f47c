using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>Settings are changed where the problem shows: planned, applied, followed, undone; refused; and changed by two at once.</summary>
[Collection(ChangeDemoTests.Name)]
public sealed partial class ChangeJourney(ChangeDemoFixture demo)
{
    private const string Checkout = "projects/acme-prod/locations/europe-west1/services/checkout";
    private const string Billing = "/services/acme-prod/us-central1/billing";

    [Fact]
    public Task AtRisk_KeepCpuAllocated_IsFollowedToHasCpuAndTakenBack() => demo.RunAsync("sre", async page =>
    {
        // Its hour of history may have no request: at night that happens.
        await SimulatedTraffic.SendAsync(demo.Simulator, "checkout", 30, 10);
        await page.GotoAsync("/background/acme-prod/europe-west1/checkout");
        var verdicts = page.GetByRole(AriaRole.Table, new() { Name = "Numbers per revision" });
        await Expect(verdicts.GetByText("at risk").First).ToBeVisibleAsync(new() { Timeout = 120_000 });

        // From the problem to the plan in one click.
        await page.GetByRole(AriaRole.Link, new() { Name = "Keep CPU allocated", Exact = true }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator(".diff-after")).ToHaveTextAsync("instance-based");
        await ApplyAsync(dialog, "audit records are lost after the response");
        await Expect(dialog.Locator(".change-state")).ToContainTextAsync("In effect after", new() { Timeout = 60_000 });
        var revision = RevisionName().Match(await dialog.Locator(".change-state").InnerTextAsync()).Value;
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        // Told on whatever page one is, there after a reload, and true for a client that is not ours.
        await Expect(page.Locator(".toast")).ToContainTextAsync("Keep CPU allocated");
        await page.ReloadAsync();
        await Expect(page.Locator(".change-strip")).ToContainTextAsync(revision);
        var read = await NodeClient.ReadServiceAsync(demo.Simulator, Checkout);
        Assert.False((bool)read["cpuIdle"]!);
        Assert.Equal(revision, (string?)read["latestReadyRevision"]);

        // What the new revision does after its responses has CPU. At night the simulated callers may leave it alone for an hour: it is called here.
        await CallAsync(revision);
        var row = verdicts.Locator("tbody tr", new() { Has = page.Locator($"[title='{revision}']") });
        await Expect(row).ToContainTextAsync("has CPU", new() { Timeout = 240_000 });

        // Taken back, from the record.
        await page.GotoAsync("/changes");
        await page.GetByRole(AriaRole.Table, new() { Name = "Changes" }).GetByRole(AriaRole.Link, new() { Name = "Keep CPU allocated" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Undo", Exact = true }).First.ClickAsync();
        await Expect(dialog.Locator(".diff-after")).ToHaveTextAsync("request-based");
        await ApplyAsync(dialog, "tried out");
        await Expect(dialog.Locator(".change-state")).ToContainTextAsync("In effect after", new() { Timeout = 60_000 });
        Assert.True((bool)(await NodeClient.ReadServiceAsync(demo.Simulator, Checkout))["cpuIdle"]!);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByText("It was taken back by")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Refused_TooLittleForCpuAlways_SaysWhyAndOffersWhatIsLegal() => demo.RunAsync("sre", async page =>
    {
        await page.GotoAsync(Billing);
        await page.GetByRole(AriaRole.Link, new() { Name = "Change billing" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Link, new() { Name = "Set Concurrency", Exact = true }).ClickAsync();
        await dialog.GetByLabel("Requests at once per instance").FillAsync("5000");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await Expect(dialog.Locator(".refusals")).ToContainTextAsync("1000");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" })).ToHaveCountAsync(0);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Plan instead: Set concurrency to 1000" }).ClickAsync();
        await Expect(dialog.Locator(".diff-after")).ToHaveTextAsync("1000");
        var address = page.Url;

        // By the keyboard, one comes back to where one was.
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        var change = page.GetByRole(AriaRole.Link, new() { Name = "Change billing" });
        await change.PressAsync("Enter");
        await Expect(dialog).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(change).ToBeFocusedAsync();

        // The address holds the plan.
        await page.GotoAsync(address);
        await Expect(page.GetByRole(AriaRole.Dialog).Locator(".diff-after")).ToHaveTextAsync("1000");
    });

    [Fact]
    public Task Value_WhereItIsShown_IsOneClickFromItsPlanOrForm() => demo.RunAsync("sre", async page =>
    {
        await page.GotoAsync("/services");
        await page.GetByRole(AriaRole.Link, new() { Name = "request-based (billing of telemetry: change)" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator(".diff-after").First).ToHaveTextAsync("instance-based");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "0 (minimum instances of telemetry: change)" }).ClickAsync();
        await Expect(dialog.GetByLabel("Minimum", new() { Exact = true })).ToHaveValueAsync("0");
    });

    [Fact]
    public Task TwoBrowsers_SameService_SecondSeesTheFirstAndWhatItChanged() => demo.RunAsync("sre", page => demo.RunAsync("sre", async other =>
    {
        var (mine, theirs) = (page.GetByRole(AriaRole.Dialog), other.GetByRole(AriaRole.Dialog));
        await page.GotoAsync(Plan("""{"kind":"timeout","seconds":111}"""));
        await Expect(mine.Locator(".diff-after")).ToHaveTextAsync("111 s");
        await mine.GetByLabel("Reason").FillAsync("slow clients");

        await other.GotoAsync(Plan("""{"kind":"concurrency","requests":33}"""));
        await Expect(theirs.Locator(".diff-after")).ToHaveTextAsync("33");

        // The second sees the first's while it goes (held until then, for it may be over soon), and that the plan rests on what it left.
        using var http = new HttpClient { BaseAddress = demo.Simulator };
        using var hold = await http.PostAsJsonAsync(
            new Uri("simulator/faults", UriKind.Relative),
            new { kind = "heldRequest", method = "PATCH", path = "/v2/projects/acme-prod/locations/us-central1/services/billing", dryRun = false, times = 1 });
        hold.EnsureSuccessStatusCode();
        try
        {
            await ApplyAsync(theirs, "database connections");
            await Expect(mine).ToContainTextAsync("is changing it just now: Set concurrency to 33");
        }
        finally
        {
            using var let = await http.DeleteAsync(new Uri("simulator/faults", UriKind.Relative));
        }

        await Expect(theirs.Locator(".change-state")).ToContainTextAsync("In effect after", new() { Timeout = 60_000 });
        await Expect(mine.GetByRole(AriaRole.Region, new() { Name = "Changed meanwhile", Exact = true })).ToContainTextAsync("33");
        await mine.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(mine.Locator(".change-state")).ToContainTextAsync("In effect after", new() { Timeout = 60_000 });

        // Nothing of either was overwritten.
        var read = await NodeClient.ReadServiceAsync(demo.Simulator, "projects/acme-prod/locations/us-central1/services/billing");
        Assert.Equal((33, 111), ((int)read["concurrency"]!, (int)read["timeoutSeconds"]!));
    }));

    [Fact]
    public Task StaleEtag_WrittenFromOutside_ConflictIsShownAndPlannedAgain() => demo.RunAsync("sre", async page =>
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.GotoAsync(Plan("""{"kind":"instance-limits","minimum":2}"""));
        await Expect(dialog.Locator(".diff-after")).ToHaveTextAsync("2");

        // Somebody else's terminal, that this console knows nothing of.
        using var http = new HttpClient();
        using var body = new StringContent("""{"scaling":{"maxInstanceCount":44}}""", System.Text.Encoding.UTF8, "application/json");
        using var patched = await http.PatchAsync(new Uri(demo.Simulator, "v2/projects/acme-prod/locations/us-central1/services/billing?updateMask=scaling.maxInstanceCount"), body);
        patched.EnsureSuccessStatusCode();

        await ApplyAsync(dialog, "cold starts");
        await Expect(dialog.Locator(".change-state")).ToContainTextAsync("Nothing was changed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Plan again on what is there now" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Region, new() { Name = "Changed meanwhile", Exact = true })).ToContainTextAsync("44");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(dialog.Locator(".change-state")).ToContainTextAsync("In effect after", new() { Timeout = 60_000 });

        var read = await NodeClient.ReadServiceAsync(demo.Simulator, "projects/acme-prod/locations/us-central1/services/billing");
        Assert.Equal((2, 44), ((int)read["minInstances"]!, (int)read["maxInstances"]!));
    });

    [Fact]
    public Task Viewer_ChangeLink_SaysWhoMay() => demo.RunAsync("viewer", async page =>
    {
        await page.GotoAsync(Plan("""{"kind":"concurrency","requests":9}"""));

        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("needs the role SRE");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Apply" })).ToHaveCountAsync(0);
    });

    // Requests of a revision as its logs show them, each with an audit record that is committed two seconds after the response.
    private async Task CallAsync(string revision)
    {
        var now = TimeProvider.System.GetUtcNow();
        var resource = new { type = "cloud_run_revision", labels = new { project_id = "acme-prod", location = "europe-west1", service_name = "checkout", revision_name = revision, configuration_name = "checkout" } };
        var labels = new { instanceId = "00aa" + new string('7', 60) };
        List<object> entries = [];
        for (var i = 0; i < 12; i++)
        {
            var start = now.AddSeconds(-60 + (i * 4));
            var trace = $"projects/acme-prod/traces/{Guid.NewGuid():N}";
            entries.Add(new
            {
                logName = "projects/acme-prod/logs/run.googleapis.com%2Frequests",
                insertId = $"journey-{i}",
                timestamp = start,
                resource,
                labels,
                trace,
                httpRequest = new { requestMethod = "POST", requestUrl = "https://checkout.example/orders", status = 201, latency = "0.100s", protocol = "HTTP/1.1" },
            });
            entries.Add(new
            {
                logName = "projects/acme-prod/logs/run.googleapis.com%2Fstdout",
                insertId = $"journey-{i}-audit",
                timestamp = start.AddSeconds(2),
                resource,
                labels,
                trace,
                textPayload = "audit commit order.created",
            });
        }

        using var http = new HttpClient();
        using var written = await http.PostAsJsonAsync(new Uri(demo.Simulator, "v2/entries:write"), new { entries });
        written.EnsureSuccessStatusCode();
    }

    private static string Plan(string change) => $"{Billing}?change={Uri.EscapeDataString(change)}&on=acme-prod/us-central1/billing";

    // With the one key that applies.
    private static async Task ApplyAsync(ILocator dialog, string reason)
    {
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByLabel("Reason").PressAsync("Control+Enter");
    }

    [GeneratedRegex("checkout-\\d{5}-[a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex RevisionName();
}
