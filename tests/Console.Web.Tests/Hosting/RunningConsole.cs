using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

/// <summary>The whole console on a free loopback port, with a data folder that goes away after.</summary>
public sealed partial class RunningConsole : IAsyncDisposable
{
    private readonly ConsoleHost _host;
    private readonly string _data;

    private RunningConsole(ConsoleHost host, string data)
    {
        _host = host;
        _data = data;
        Address = new Uri(host.Addresses[0]);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its database.</summary>
    public string Database => Path.Combine(_data, "console.db");

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>What the terminal shows.</summary>
    public string Banner => _host.Banner;

    /// <summary>Starts the demo without history and traffic, or real projects behind a dead address.</summary>
    public static Task<RunningConsole> StartAsync(params string[] projects) => StartAsync(static _ => { }, projects);

    /// <summary>The same with other settings.</summary>
    public static async Task<RunningConsole> StartAsync(Action<ConsoleSettings> change, params string[] projects)
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-test-").FullName;
        var settings = new ConsoleSettings { Urls = "http://127.0.0.1:0", Data = data, Projects = [.. projects] };
        settings.Simulator.HistoryHours = 0;
        settings.Simulator.LiveTraffic = false;
        settings.Google.Credentials = "None";
        settings.Google.CloudRunAddress = "http://127.0.0.1:9/";
        settings.Google.LoggingAddress = "http://127.0.0.1:9/";
        change(settings);
        return new RunningConsole(await ConsoleHost.StartAsync(settings, CancellationToken.None), data);
    }

    /// <summary>A browser without cookies, which does not follow redirects.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Opens the sign-in page and takes the antiforgery token of its form.</summary>
    public static Task<string> AntiforgeryTokenAsync(HttpClient browser) => AntiforgeryTokenAsync(browser, new Uri("/sign-in", UriKind.Relative));

    /// <summary>The same of a page.</summary>
    public static async Task<string> AntiforgeryTokenAsync(HttpClient browser, Uri page)
    {
        var html = await browser.GetStringAsync(page);
        return TokenField().Match(html) is { Success: true } match ? match.Groups["token"].Value : throw new InvalidOperationException($"No antiforgery token in: {html}");
    }

    /// <summary>Posts a form with an antiforgery token.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, params (string Name, string Value)[] fields)
    {
        var token = await AntiforgeryTokenAsync(browser);
        return await browser.PostAsync(
            new Uri(path, UriKind.Relative),
            new FormUrlEncodedContent([.. fields.Select(static f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]));
    }

    /// <summary>A browser signed in as a persona of the demo.</summary>
    public async Task<HttpClient> SignedInAsync(string persona)
    {
        var browser = Browser();
        using var answer = await PostAsync(browser, "/sign-in/persona", ("persona", persona));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenField();
}
