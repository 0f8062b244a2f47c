using System.Net.Http.Json;
using Npgsql;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Processes;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>SIGTERM with everything in the way: pages open, events on their way, a change whose PATCH hangs, a database that hangs.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Stop_GoogleAndDatabaseHang_EndsWithinTenSecondsAllTheSame()
    {
        await using var fleet = await Fleet.StartAsync();
        await using var relay = new Relay(new NpgsqlConnectionStringBuilder(fleet.Database.Connection).Port);
        var through = new NpgsqlConnectionStringBuilder(fleet.Database.Connection) { ApplicationName = "a", Port = relay.Port };
        var console = await fleet.AddAsync("a", new Dictionary<string, string>(StringComparer.Ordinal) { ["Database:Connection"] = through.ToString() });
        await using var application = new Application(await fleet.TokenAsync("till"), senders: 4, console.Address);
        await application.MoreAsync(10, console.Address);
        using var sam = fleet.As(console, "sam@acme.example");
        var pages = new List<OpenPage>();
        for (var i = 0; i < 4; i++)
        {
            pages.Add(await OpenPage.OpenAsync(sam, "/services", static root => root.Find("h1") is not null, Patience, CancellationToken.None));
        }

        using (var google = new HttpClient { BaseAddress = fleet.Google.BaseAddress })
        {
            using var fault = await google.PostAsJsonAsync(new Uri("simulator/faults", UriKind.Relative), new { kind = "hang" });
            fault.EnsureSuccessStatusCode();
        }

        pages.Add(await OpenPage.OpenAsync(sam, "/services", static root => root.Find("h1") is not null, Patience, CancellationToken.None));
        relay.Hang();
        var (took, exitCode) = await console.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took} to stop:\n{console.Output}");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }

        // Whoever comes next has all that was acknowledged.
        var next = await fleet.AddAsync("b");
        application.SendTo(next.Address);
        await application.MoreAsync(10, next.Address);
        await application.StopAsync();
        Assert.Empty(application.Wrong);
        var recorded = await fleet.Database.ListAsync<string>("SELECT id FROM audit.receipt WHERE workspace = 'billing'");
        Assert.Empty(application.Acknowledged.Keys.Except(recorded, StringComparer.Ordinal));
    }
}
