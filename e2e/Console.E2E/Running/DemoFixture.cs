using Microsoft.Playwright;

namespace OpsConsole.E2E.Running;

/// <summary>One demo console and one browser for all journeys.</summary>
public class DemoFixture : IAsyncLifetime
{
    // All people of all journeys come from one address, one after another: a quick machine would meet the limits that a single person should.
    private static readonly string[] Unhurried =
    [
        "--set", "Limits:RequestsPerMinute=100000", "--set", "Limits:AnonymousRequestsPerMinute=100000", "--set", "Limits:CircuitsPerPerson=1000",
        "--set", "Limits:SearchesPerMinute=100000",
    ];

    private ConsoleProcess? _console;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the console answers.</summary>
    public Uri Address => _console!.Address;

    /// <summary>Where the simulated project answers.</summary>
    public Uri Simulator => _console!.Simulator!;

    /// <summary>Its data folder.</summary>
    public string Data => _console!.Data;

    /// <summary>What the console printed so far.</summary>
    public string Output => _console!.Output;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        _console = await ConsoleProcess.StartAsync([.. await ArgumentsAsync(), .. Unhurried]);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            // Debian's own: Playwright's download cannot be had everywhere.
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
        await HistoryIsThereAsync();
    }

    /// <summary>Kills the console, and starts it again at the same address on the same data.</summary>
    /// <param name="between">Called with the data folder while nothing runs.</param>
    public async Task RestartAsync(Action<string>? between = null) => _console = await _console!.RestartAsync(between);

    // What the simulated services did before the console was there reaches its audit trail in the first seconds; a list that was read before that stays short.
    private async Task HistoryIsThereAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        if (!(await SimulatedTraffic.RecordsAsync(Simulator, "checkout", now.AddDays(-2), now)).Exists(static r => r.GetProperty("state").GetString() == "written"))
        {
            return;
        }

        await RunAsync("compliance", static async page =>
        {
            await page.GotoAsync("/audit?q=action%3Aorder.*");
            var row = page.Locator("tr[data-row]").First;
            for (var tries = 0; tries < 120 && !await row.IsVisibleAsync(); tries++)
            {
                await page.WaitForTimeoutAsync(500);
                await page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
            }

            await Assertions.Expect(row).ToBeVisibleAsync();
        });
    }

    /// <summary>How the console is started. Eight hours are read within a minute and a half of the logs quota; the default of 24 would keep the verdicts waiting.</summary>
    protected virtual Task<string[]> ArgumentsAsync() => Task.FromResult<string[]>(["--set", "Simulator:HistoryHours=8"]);

    /// <summary>
    /// Runs a journey as a persona in a browser context of its own, at the design width unless said otherwise. A script
    /// error or a refused resource fails it (unless <paramref name="mayLog"/>: a page that is a 404 is logged by the browser);
    /// a screenshot is kept when it fails.
    /// </summary>
    public async Task RunAsync(string? persona, Func<IPage, Task> journey, int width = 1280, int height = 800, ColorScheme theme = ColorScheme.Light, bool mayLog = false)
    {
        await using var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
        });
        // Longer than the slowest machine needs for what a page looks at again every 5 seconds; a quick one waits no longer for it.
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        try
        {
            if (persona is not null)
            {
                await page.GotoAsync("/sign-in");
                await page.Locator($"button[value={persona}]").ClickAsync();
                await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).WaitForAsync();
            }

            await journey(page);
            if (!mayLog)
            {
                Assert.Empty(errors);
            }
        }
        catch
        {
            var folder = Path.Combine(Repository.Root, "TestResults");
            Directory.CreateDirectory(folder);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"failed-{Guid.NewGuid():N}.png"), FullPage = true });
            throw;
        }
    }

    /// <inheritdoc />
    public virtual async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_console is not null)
        {
            await _console.DisposeAsync();
        }
    }
}
