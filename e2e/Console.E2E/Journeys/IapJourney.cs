using System.Collections.Concurrent;
using Microsoft.Playwright;
using OpsConsole.Testing.Access;
using OpsConsole.Testing.Processes;
using static Microsoft.Playwright.Assertions;
using ConsoleProcess = OpsConsole.Testing.Processes.ConsoleProcess;

namespace OpsConsole.E2E.Journeys;

/// <summary>The console behind Identity-Aware Proxy in a real browser: keys of our own, and a proxy that adds the assertion as Google's does.</summary>
public sealed class IapJourney : IAsyncLifetime
{
    private const string Email = "sam@acme.example";
    private readonly string _data = Directory.CreateTempSubdirectory("opsconsole-iap-").FullName;
    private IapKeyServer _keys = default!;
    private ConsoleProcess _console = default!;
    private IapProxy _proxy = default!;
    private IPlaywright _playwright = default!;
    private IBrowser _browser = default!;

    // Seconds that an assertion is good for; the proxy signs in nobody where it is 0.
    private volatile int _lifetime = 600;

    public async Task InitializeAsync()
    {
        _keys = await IapKeyServer.StartAsync();
        _console = await ConsoleProcess.StartAsync(_data, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Identity:Mode"] = "Iap",
            ["Identity:SessionMinutes"] = "0",
            ["Identity:Iap:Audiences"] = IapKeyServer.Audience,
            ["Identity:Iap:KeysAddress"] = _keys.Address.ToString(),
            ["Roles:Sre"] = Email,
            ["Simulator:HistoryHours"] = "0",
            ["Simulator:LiveTraffic"] = "false",
        });
        _proxy = await IapProxy.StartAsync(() => _console.Address, () => _lifetime == 0 ? null : Assertion());
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
        SetDefaultExpectTimeout(60_000);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _proxy.DisposeAsync();
        await _console.DisposeAsync();
        await _keys.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Circuit_BehindTheProxy_WorksAndSigningOutEndsTheOtherTab()
    {
        await using var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = _proxy.Address.ToString() });
        var errors = new ConcurrentQueue<string>();
        var page = await OpenAsync(context, errors);

        // A circuit that answers: within the page, without a request for another.
        await page.GetByRole(AriaRole.Link, new() { Name = "Changes" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Changes", Level = 1 })).ToBeVisibleAsync();
        await Expect(page.GetByText(Email).First).ToBeVisibleAsync();

        var other = await OpenAsync(context, errors);
        Assert.Empty(errors);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Your session is over" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Circuit_AssertionExpires_EndsThePageAndAReloadWithANewOneBringsItBack()
    {
        await using var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = _proxy.Address.ToString() });
        _lifetime = 40;
        var page = await OpenAsync(context, []);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your session is over" })).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToHaveCountAsync(0);

        _lifetime = 600;
        await page.GotoAsync("/services");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();

        // Whoever the proxy has not signed in gets a sentence, and no page.
        _lifetime = 0;
        await page.GotoAsync("/services");
        await Expect(page.GetByText("did not come through it")).ToBeVisibleAsync();
    }

    private string Assertion()
    {
        var claims = IapKeyServer.Claims(Email);
        claims["exp"] = (long)claims["iat"]! + _lifetime;
        return _keys.Sign(claims);
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, ConcurrentQueue<string> errors)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue(message.Text);
            }
        };
        await page.GotoAsync("/services");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Services", Level = 1 })).ToBeVisibleAsync();
        return page;
    }
}
