using System.IO.Compression;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Testing.Access;
using OpsConsole.Web.Access;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

/// <summary>What docs/operations.md says of hardening, on a running console.</summary>
public sealed class HardeningTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:5080")]
    public async Task Host_ThatIsNotOurs_GetsNothing(string host)
    {
        using var browser = await demo.Console.SignedInAsync("viewer");
        foreach (var path in new[] { "/services", "/_blazor/negotiate?negotiateVersion=1", "/app.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
            request.Headers.Host = host;
            using var answer = await browser.SendAsync(request);

            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Post_FromAnotherSitesPage_IsRefused()
    {
        using var browser = await demo.Console.SignedInAsync("sre");
        var token = await RunningConsole.AntiforgeryTokenAsync(browser);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-out", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("returnUrl", ""), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        request.Headers.Add("Origin", "https://evil.example");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Circuit_NobodySignedIn_IsRefused()
    {
        using var browser = demo.Console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative));

        using var answer = await browser.SendAsync(request);

        Assert.True(answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, answer.StatusCode.ToString());
    }

    [Fact]
    public async Task Headers_TooLarge_AreRefused()
    {
        using var browser = demo.Console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/healthz", UriKind.Relative));
        request.Headers.Add("X-Large", new string('a', 40 * 1024));

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Body_TooLarge_IsRefused()
    {
        using var browser = demo.Console.Browser();
        using var content = new ByteArrayContent(new byte[3 * 1024 * 1024]);
        content.Headers.ContentType = new("application/x-www-form-urlencoded");

        using var answer = await browser.PostAsync(new Uri("/sign-in/persona", UriKind.Relative), content);

        Assert.True(answer.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Fact]
    public async Task Upload_ZipFile_IsNotUnpacked()
    {
        using var browser = await demo.Console.SignedInAsync("sre");
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = archive.CreateEntry("../../evil.json").Open();
            await entry.WriteAsync(new byte[10 * 1024 * 1024]);
        }

        using var upload = new HttpRequestMessage(HttpMethod.Post, new Uri("/background/uploads?name=logs.zip", UriKind.Relative)) { Content = new ByteArrayContent(zip.ToArray()) };
        upload.Headers.Add("X-Requested-With", "XMLHttpRequest");
        upload.Headers.Add("Origin", demo.Console.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await browser.SendAsync(upload);

        // It is kept under a name of ours and read as what it is: no log export.
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "evil.json")));
    }

    [Fact]
    public async Task Requests_TooMany_GetRetryAfter()
    {
        await using var console = await RunningConsole.StartAsync(static settings => (settings.Limits.RequestsPerMinute, settings.Limits.AnonymousRequestsPerMinute) = (12, 1000));
        using var browser = await console.SignedInAsync("viewer");
        HttpResponseMessage answer;
        var asked = 0;
        do
        {
            answer = await browser.GetAsync(new Uri("/services", UriKind.Relative));
            asked++;
        }
        while (answer.StatusCode == HttpStatusCode.OK && asked < 50);

        using (answer)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.InRange(asked, 10, 13);
        }

        // Somebody else goes on.
        using var other = await console.SignedInAsync("sre");
        using var theirs = await other.GetAsync(new Uri("/services", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, theirs.StatusCode);

        // A page about an error is one request, and not two.
        var missing = 0;
        while (missing < 50 && await StatusAsync(other, "/no-such-page") == HttpStatusCode.NotFound)
        {
            missing++;
        }

        Assert.InRange(missing, 9, 12);
        static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string path)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("X-Forwarded-For", false)]
    [InlineData("X-Forwarded-Host", false)]
    [InlineData("X-Forwarded-Proto", false)]
    [InlineData("Forwarded", false)]
    [InlineData("X-Real-IP", false)]
    [InlineData("Via", false)]
    public void Local_BehindAProxyOfThisMachine_IsNot(string? header, bool local)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Host = new HostString("127.0.0.1:5080");
        if (header is not null)
        {
            context.Request.Headers[header] = "127.0.0.1";
        }

        Assert.Equal(local, LoopbackOnly.IsLocal(context));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Folders_OfLogs_AreForTheirOwnerAlone()
    {
        foreach (var folder in new[] { "uploads", "windows" })
        {
            var mode = File.GetUnixFileMode(Path.Combine(Path.GetDirectoryName(demo.Console.Database)!, folder));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
        }
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::/64")]
    public void Caller_OfIpv6_IsItsNetwork(string address, string caller)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);

        Assert.Equal(caller, RequestLimits.CallerOf(context));
    }

    [Fact]
    public async Task ForwardedHeaders_OfStrangers_AreNotBelieved_AndOfTheProxyThey_Are()
    {
        await using var keys = await IapKeyServer.StartAsync();
        void Iap(ConsoleSettings settings)
        {
            settings.Identity.Mode = "Iap";
            settings.Identity.Iap.Audiences = [IapKeyServer.Audience];
            settings.Identity.Iap.KeysAddress = keys.Address.ToString();
        }

        foreach (var (networks, secure) in new[] { (Array.Empty<string>(), false), (new[] { "10.0.0.0/8" }, false), (new[] { "127.0.0.0/8" }, true) })
        {
            await using var console = await RunningConsole.StartAsync(
                settings =>
                {
                    Iap(settings);
                    settings.Proxy.Networks = [.. networks];
                },
                "acme-prod");
            using var browser = console.Browser();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/healthz", UriKind.Relative));
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "https");

            using var answer = await browser.SendAsync(request);

            Assert.Equal(secure, answer.Headers.Contains("Strict-Transport-Security"));
        }
    }

    [Fact]
    public async Task Hosts_OfTheSettings_AreTheOnlyOnes()
    {
        await using var console = await RunningConsole.StartAsync(
            static settings =>
            {
                settings.Identity.Mode = "Iap";
                settings.Identity.Iap.Audiences = [IapKeyServer.Audience];
                settings.Proxy.Hosts = ["console.acme.example"];
            },
            "acme-prod");
        using var browser = console.Browser();
        foreach (var (host, status) in new[] { ("console.acme.example", HttpStatusCode.OK), ("opsconsole-abc.a.run.app", HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/healthz", UriKind.Relative));
            request.Headers.Host = host;
            using var answer = await browser.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Cookie_CopiedBeforeSigningOut_IsWorthNothingAfter()
    {
        using var browser = demo.Console.Browser();
        using var signedIn = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "viewer"));
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(static c => c.StartsWith("opsconsole=", StringComparison.Ordinal)).Split(';')[0];
        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = demo.Console.Address };
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        using (var before = await thief.GetAsync(new Uri("/services", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        using var signedOut = await RunningConsole.PostAsync(browser, "/sign-out", ("returnUrl", ""));
        using var after = await thief.GetAsync(new Uri("/services", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task Error_Unexpected_ShowsNoInsides()
    {
        using var browser = await demo.Console.SignedInAsync("sre");

        using var answer = await browser.GetAsync(new Uri("/background/evidence?source=%00%ff&format=csv", UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_InTheDatabase_AreHashes()
    {
        var made = await demo.Console.Services.GetRequiredService<ApiTokens>().MakeAsync(
            new Actor("ada@acme.example", "Ada", [Role.Admin]), new ApiTokenRequest("hardening", "billing", ApiScope.AppendEvents, 1), CancellationToken.None);

        Assert.NotNull(made.Secret);
        var bytes = await ReadSharedAsync(demo.Console.Database) + await ReadSharedAsync(demo.Console.Database + "-wal");
        Assert.Contains("hardening", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Secret!, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Secret![5..], bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_Page_NeedsAnAdministrator_AndDatabaseIsForThisUserAlone()
    {
        using var browser = await demo.Console.SignedInAsync("sre");
        using var answer = await browser.GetAsync(new Uri("/admin/settings", UriKind.Relative));
        Assert.Contains("/denied", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(demo.Console.Database));
        }
    }

    private static async Task<string> ReadSharedAsync(string file)
    {
        if (!File.Exists(file))
        {
            return "";
        }

        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return Encoding.Latin1.GetString(memory.ToArray());
    }
}
