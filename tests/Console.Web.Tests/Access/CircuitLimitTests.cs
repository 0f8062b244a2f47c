using System.Net;
using OpsConsole.Testing.Circuits;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

/// <summary>Open pages, counted on real circuits.</summary>
public sealed class CircuitLimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Page_MoreThanThereIsRoomFor_IsRefusedWithASentenceUntilOneIsLeft()
    {
        await using var console = await RunningConsole.StartAsync(static settings => (settings.Limits.CircuitsPerPerson, settings.Limits.Circuits) = (1, 2));
        using var vik = await Visitor.SignInAsync(console.Address, "viewer", CancellationToken.None);
        using var sam = await Visitor.SignInAsync(console.Address, "sre", CancellationToken.None);
        using var vikAgain = await console.SignedInAsync("viewer");
        using var ines = await console.SignedInAsync("approver");
        await using var first = await OpenAsync(vik);

        // One's own limit; others come in.
        var (status, text) = await GetAsync(vikAgain);
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("one person may have 1. Close some of them", text, StringComparison.Ordinal);
        await using var second = await OpenAsync(sam);

        // Everybody's limit.
        (status, text) = await GetAsync(ines);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("it has room for 2", text, StringComparison.Ordinal);

        await first.LeaveAsync(CancellationToken.None);
        var end = Environment.TickCount64 + 60_000;
        while ((await GetAsync(ines)).Status != HttpStatusCode.OK)
        {
            Assert.True(Environment.TickCount64 < end, "The page that was left counts for ever.");
            await Task.Delay(100);
        }

        // What is open was not disturbed.
        await second.GoAsync("/background", static root => root.Find("h1") is not null, Patience, CancellationToken.None);
    }

    [Fact]
    public async Task Search_MoreThanOnePersonMay_IsRefusedInTheOpenPage()
    {
        await using var console = await RunningConsole.StartAsync(static settings => settings.Limits.SearchesPerMinute = 10);
        using var clara = await Visitor.SignInAsync(console.Address, "compliance", CancellationToken.None);
        await using var page = await OpenPage.OpenAsync(clara, "/audit", static root => root.Find("h1") is not null, Patience, CancellationToken.None);
        for (var i = 0; i < 12; i++)
        {
            await page.GoAsync($"/audit?q=word{i}", static root => root.Find("h1") is not null, Patience, CancellationToken.None);
        }

        await page.WaitAsync(static root => root.Text.Contains("10 searches a minute. Try again in", StringComparison.Ordinal), Patience, CancellationToken.None);
    }

    private static Task<OpenPage> OpenAsync(Visitor visitor) =>
        OpenPage.OpenAsync(visitor, "/services", static root => root.Find("h1") is not null, Patience, CancellationToken.None);

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync(new Uri("/services", UriKind.Relative));
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }
}
