using System.Net;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

public sealed class SignInTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    [Fact]
    public async Task Page_NobodySignedIn_GoesToSignInAndKnowsTheWayBack()
    {
        using var browser = demo.Console.Browser();

        using var answer = await browser.GetAsync(new Uri("/services?q=region%3Aus", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fservices%3Fq%3Dregion%253Aus", answer.Headers.Location!.PathAndQuery);
    }

    [Theory]
    [InlineData("sre")]
    [InlineData("compliance")]
    [InlineData("viewer")]
    [InlineData("admin")]
    public async Task Persona_Chosen_OpensServices(string persona)
    {
        using var browser = await demo.Console.SignedInAsync(persona);

        using var answer = await browser.GetAsync(new Uri("/services", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Persona_Cookie_CannotBeReadByScriptsOrSentByOtherSites()
    {
        using var browser = demo.Console.Browser();

        using var answer = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "sre"));

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), static c => c.StartsWith("opsconsole=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/services?q=a", "/services?q=a")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/\t/evil.example/", "/")]
    [InlineData("/\r\n/evil.example/", "/")]
    [InlineData("/services?q=é", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task Persona_ReturnUrl_StaysOnThisConsole(string returnUrl, string goesTo)
    {
        using var browser = demo.Console.Browser();

        using var answer = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "sre"), ("returnUrl", returnUrl));

        Assert.Equal(goesTo, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Persona_WithoutAntiforgeryToken_IsRefused()
    {
        using var browser = demo.Console.Browser();

        using var answer = await browser.PostAsync(new Uri("/sign-in/persona", UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("persona", "sre")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(static c => c.StartsWith("opsconsole=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:5080")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task Persona_HostReboundOrForwarded_IsRefused(string header, string value)
    {
        using var browser = demo.Console.Browser();
        var token = await RunningConsole.AntiforgeryTokenAsync(browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-in/persona", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("persona", "sre"), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        request.Headers.TryAddWithoutValidation(header, value);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task SignInPage_HostRebound_OffersNoPersonas()
    {
        using var browser = demo.Console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/sign-in", UriKind.Relative));
        request.Headers.Host = "evil.example";

        using var answer = await browser.SendAsync(request);

        Assert.DoesNotContain("name=\"persona\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persona_Unknown_GoesBackToSignIn()
    {
        using var browser = demo.Console.Browser();

        using var answer = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "root"));

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Token_InTheDemo_IsRefused()
    {
        using var browser = demo.Console.Browser();

        using var answer = await RunningConsole.PostAsync(browser, "/sign-in/token", ("token", "anything"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithToken_EndsTheSession()
    {
        using var browser = await demo.Console.SignedInAsync("viewer");

        using var answer = await RunningConsole.PostAsync(browser, "/sign-out", ("returnUrl", ""));
        using var after = await browser.GetAsync(new Uri("/services", UriKind.Relative));

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithoutAntiforgeryToken_IsRefused()
    {
        using var browser = await demo.Console.SignedInAsync("viewer");

        using var answer = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), new FormUrlEncodedContent([]));
        using var after = await browser.GetAsync(new Uri("/services", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }
}
