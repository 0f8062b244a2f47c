using System.Net;
using System.Text.RegularExpressions;
using OpsConsole.Web.Access;
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
