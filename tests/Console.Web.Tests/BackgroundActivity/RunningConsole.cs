using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.BackgroundActivity;

/// <summary>The whole console in demo mode on free ports, and a client that is signed in as one of its personas.</summary>
internal sealed partial class RunningConsole : IAsyncDisposable
{
    private readonly ConsoleHost _host;
    private readonly DirectoryInfo _folder;

    private RunningConsole(ConsoleHost host, DirectoryInfo folder)
    {
        _host = host;
        _folder = folder;
        Address = new Uri(host.Addresses[0]);
    }

    public Uri Address { get; }

    public string Database => Path.Combine(_folder.FullName, "console.db");

    public string Uploads => Path.Combine(_folder.FullName, "uploads");

    public static async Task<RunningConsole> StartAsync(long uploadLimit = 1_000_000)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-");
        var settings = new ConsoleSettings { Urls = "http://127.0.0.1:0", Data = folder.FullName };
        settings.Simulator.HistoryHours = 0;
        settings.Simulator.LiveTraffic = false;
        settings.Logs.UploadLimitBytes = uploadLimit;
        return new RunningConsole(await ConsoleHost.StartAsync(settings, CancellationToken.None), folder);
    }

    /// <summary>A client that nobody is signed in with, and that does not follow redirects.</summary>
    public HttpClient Anonymous() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Signs in through the form, as a browser does.</summary>
    public async Task<HttpClient> SignInAsync(string persona)
    {
        var client = Anonymous();
        var page = await client.GetStringAsync("/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = Token().Match(page).Groups["value"].Value,
            ["persona"] = persona,
        });
        using var answer = await client.PostAsync("/sign-in/persona", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
