using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

public sealed class SecurityHeadersTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/services")]
    [InlineData("/healthz")]
    [InlineData("/app.css")]
    [InlineData("/no-such-page")]
    [InlineData("/error?status=x")]
    public async Task Answer_Any_CarriesTheHeaders(string path)
    {
        using var browser = demo.Console.Browser();

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Frame-Options"));
    }

    [Fact]
    public async Task Answer_ToAnException_CarriesTheHeaders_AndSaysNothingOfIt()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-headers-").FullName;
        try
        {
            var settings = new ConsoleSettings { Urls = "http://127.0.0.1:0", Data = data, Projects = ["my-project"] };
            settings.Google.Credentials = "None";
            settings.Google.CloudRunAddress = settings.Google.LoggingAddress = "http://127.0.0.1:9/";
            await using var console = await ConsoleHost.StartAsync(
                settings,
                static services => services.AddSingleton<IApiTokenStore>(static _ => throw new InvalidOperationException("Password=hunter2")),
                CancellationToken.None);
            using var source = new HttpClient { BaseAddress = new Uri(console.Addresses[0]) };
            source.DefaultRequestHeaders.Add("Authorization", "Bearer x");

            using var answer = await source.PostAsync(new Uri("/api/v1/audit/events", UriKind.Relative), new StringContent("{}"));

            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain("hunter2", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Circuit_OfTwoOrigins_IsRefused()
    {
        var context = new DefaultHttpContext();
        (context.Request.Path, context.Request.Host) = ("/_blazor", new HostString("localhost:5080"));
        context.Request.Headers.Origin = new[] { "http://localhost:5080", "https://evil.example" };

        await new SecurityHeaders(static _ => Task.CompletedTask, new ConsoleSettings()).InvokeAsync(context);

        Assert.Equal(StatusCodes.Status403Forbidden, context.Response.StatusCode);
    }

    [Fact]
    public async Task Page_ForASignedInPerson_IsNotKeptByCaches()
    {
        using var browser = await demo.Console.SignedInAsync("viewer");

        foreach (var path in new[] { "/services", "/no-such-page", "/error", "/background/evidence?source=none&format=csv" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

            Assert.True(answer.Headers.CacheControl is { NoStore: true }, path);
        }
    }

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task Circuit_OpenedByAnotherSite_IsRefused(string origin, HttpStatusCode status)
    {
        using var browser = await demo.Console.SignedInAsync("viewer");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
        request.Headers.Add("Origin", origin);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Circuit_OpenedByThisConsole_IsAccepted()
    {
        using var browser = await demo.Console.SignedInAsync("viewer");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));
        request.Headers.Add("Origin", demo.Console.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Page_Shell_HasSkipLinkKeysAndReconnectDialog()
    {
        using var browser = await demo.Console.SignedInAsync("viewer");

        var html = await browser.GetStringAsync(new Uri("/services", UriKind.Relative));

        Assert.Contains("href=\"#main\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"keys-dialog\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"components-reconnect-modal\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public async Task Page_ThemeCookie_PaintsThatThemeAtOnce(string theme)
    {
        using var browser = await demo.Console.SignedInAsync("viewer");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/services", UriKind.Relative));
        request.Headers.Add("Cookie", $"ops-theme={theme}");

        using var answer = await browser.SendAsync(request);

        Assert.Contains($"data-theme=\"{theme}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
