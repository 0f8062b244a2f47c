using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Web.Access;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

public sealed partial class StartTokenTests
{
    [Fact]
    public async Task RealProject_TokenOfTheTerminal_SignsIn_AndNothingElseDoes()
    {
        await using var console = await RunningConsole.StartAsync("my-project");
        var token = Token().Match(console.Banner).Groups["token"].Value;
        using var browser = console.Browser();

        using var persona = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "sre"));
        Assert.Equal(HttpStatusCode.Forbidden, persona.StatusCode);

        using var wrong = await RunningConsole.PostAsync(browser, "/sign-in/token", ("token", new string('0', token.Length)));
        Assert.Equal("/sign-in?wrong=1", wrong.Headers.Location!.ToString());

        using var right = await RunningConsole.PostAsync(browser, "/sign-in/token", ("token", $" {token} "), ("returnUrl", "/services"));
        Assert.Equal("/services", right.Headers.Location!.ToString());

        using var page = await browser.GetAsync(new Uri("/services", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Address_AsPrinted_SignsIn_AndLosesItsToken()
    {
        await using var console = await RunningConsole.StartAsync("my-project");
        var token = Token().Match(console.Banner).Groups["token"].Value;
        using var browser = console.Browser();

        Assert.Equal("/sign-in?wrong=1", await FollowAsync(browser, $"/sign-in?token={new string('0', token.Length)}", 2));
        using (var before = await browser.GetAsync(new Uri("/services", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.Redirect, before.StatusCode);
        }

        Assert.Equal("/", await FollowAsync(browser, $"/sign-in?token={token}", 2));
        using var page = await browser.GetAsync(new Uri("/services", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/services?q=x", await FollowAsync(browser, $"/sign-in?token={token}&returnUrl=%2Fservices%3Fq%3Dx", 2));
        Assert.Equal("/", await FollowAsync(browser, $"/sign-in?token={token}&returnUrl=%2F%2Fevil.example", 2));
    }

    private static async Task<string> FollowAsync(HttpClient browser, string address, int times)
    {
        for (; times > 0; times--)
        {
            using var answer = await browser.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            address = answer.Headers.Location!.ToString();
        }

        return address;
    }

    [Fact]
    public async Task Cookie_OfAnEarlierStart_IsWorthNothing()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-start-").FullName;
        try
        {
            string cookie;
            await using (var first = await StartAsync(data))
            {
                using var browser = Browser(first);
                using var answer = await RunningConsole.PostAsync(browser, "/sign-in/token", ("token", Token().Match(first.Banner).Groups["token"].Value));
                cookie = answer.Headers.GetValues("Set-Cookie").Single(static c => c.StartsWith("opsconsole=", StringComparison.Ordinal)).Split(';')[0];
                Assert.Equal(HttpStatusCode.OK, await AskAsync(first, cookie));
            }

            await using var second = await StartAsync(data);
            Assert.Equal(HttpStatusCode.Redirect, await AskAsync(second, cookie));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<ConsoleHost> StartAsync(string data)
    {
        var settings = new ConsoleSettings { Urls = "http://127.0.0.1:0", Data = data, Projects = ["my-project"] };
        settings.Google.Credentials = "None";
        settings.Google.CloudRunAddress = settings.Google.LoggingAddress = "http://127.0.0.1:9/";
        return await ConsoleHost.StartAsync(settings, CancellationToken.None);
    }

    private static HttpClient Browser(ConsoleHost console) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(console.Addresses[0]) };

    private static async Task<HttpStatusCode> AskAsync(ConsoleHost console, string cookie)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(console.Addresses[0]) };
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await browser.GetAsync(new Uri("/services", UriKind.Relative));
        return answer.StatusCode;
    }

    [Fact]
    public void Value_EachStart_IsNewAndMatchesOnlyItself()
    {
        var (one, other) = (new StartToken(), new StartToken());

        Assert.Equal(64, one.Value.Length);
        Assert.True(one.Matches(one.Value));
        Assert.False(one.Matches(other.Value));
        Assert.False(one.Matches(null));
        Assert.False(one.Matches(one.Value[..63]));
    }

    [GeneratedRegex("token=(?<token>[0-9a-f]{64})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
