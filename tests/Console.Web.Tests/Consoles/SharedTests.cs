using System.Text.Json;
using OpsConsole.Testing.Circuits;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>What happens at one console and must be seen at the other: a session that ends, an event that somebody took away.</summary>
public sealed class SharedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task SignOut_AtOneConsole_EndsThePageAtTheOther_ByNewsAndWithoutThem()
    {
        await using var fleet = await Fleet.StartAsync();
        var both = await Task.WhenAll(fleet.AddAsync("a", Demo), fleet.AddAsync("b", Demo));
        var (a, b) = (both[0], both[1]);

        await RoundAsync();

        // Deaf: the sessions that listen are cut off again and again.
        using var stop = new CancellationTokenSource();
        var deaf = DeafenAsync(fleet, stop.Token);
        await RoundAsync();
        await stop.CancelAsync();
        await deaf;

        async Task RoundAsync()
        {
            using var visitor = await Visitor.SignInAsync(a.Address, "viewer", CancellationToken.None);
            await using var page = await OpenPage.OpenAsync(visitor.At(b.Address), "/services", static root => root.Text.Contains("checkout", StringComparison.Ordinal), Patience, CancellationToken.None);
            await visitor.SignOutAsync(a.Address, CancellationToken.None);
            await page.WaitAsync(static root => root.Text.Contains("Your session is over", StringComparison.Ordinal) && !root.Text.Contains("checkout", StringComparison.Ordinal), Patience, CancellationToken.None);
        }
    }

    [Fact]
    public async Task EventTakenAway_FoundByTheOneThatSeals_IsAnAlarmAtBoth_AndAfterARestart()
    {
        await using var fleet = await Fleet.StartAsync();
        var both = await Task.WhenAll(fleet.AddAsync("a", Demo), fleet.AddAsync("b", Demo));
        var pages = new List<OpenPage>();
        foreach (var console in both)
        {
            var visitor = await Visitor.SignInAsync(console.Address, "viewer", CancellationToken.None);
            pages.Add(await OpenPage.OpenAsync(visitor, "/services", static root => root.Find("h1") is not null, Patience, CancellationToken.None));
        }

        // Recorded, acknowledged, and gone before anybody could seal it.
        var taken = JsonSerializer.Serialize(new
        {
            id = "taken-1",
            time = "2026-11-22T10:00:00Z",
            workspace = "billing",
            actor = new { type = "user", id = "maria@acme.example" },
            action = "invoice.approve",
            outcome = "success",
        });
        await fleet.Database.ExecuteAsync($"""
            BEGIN; LOCK TABLE audit.inbox IN ACCESS EXCLUSIVE MODE; SELECT audit.append('{taken}'::jsonb);
            ALTER TABLE audit.inbox DISABLE TRIGGER USER; DELETE FROM audit.inbox WHERE id = 'taken-1'; COMMIT;
            """);

        // A viewer is told too, wherever the page is open.
        foreach (var page in pages)
        {
            await page.WaitAsync(static root => Alarm(root).Contains("'taken-1'", StringComparison.Ordinal), Patience, CancellationToken.None);
            await page.DisposeAsync();
        }

        Assert.Equal(1, await fleet.Database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt WHERE id LIKE 'missing-%'"));
        await Task.WhenAll(both.Select(static c => c.KillAsync()));
        var next = await fleet.AddAsync("c", Demo);
        using var later = await Visitor.SignInAsync(next.Address, "viewer", CancellationToken.None);
        await using var shown = await OpenPage.OpenAsync(later, "/services", static root => Alarm(root).Contains("'taken-1'", StringComparison.Ordinal), Patience, CancellationToken.None);
    }

    private static IReadOnlyDictionary<string, string> Demo { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Projects"] = "",
        ["Identity:Mode"] = "Demo",
        ["Simulator:HistoryHours"] = "0",
        ["Simulator:LiveTraffic"] = "false",
    };

    private static string Alarm(PageNode root) => root.Find("section", static s => s.HasClass("seal-alarm"))?.Text ?? "";

    private static async Task DeafenAsync(Fleet fleet, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await fleet.Database.ListAsync<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'");
            await Task.Delay(20, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
