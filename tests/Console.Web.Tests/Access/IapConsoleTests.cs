using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.Access;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Access;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Simulator;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Access;

/// <summary>The whole console behind Identity-Aware Proxy: a key server of our own, and the proxy's header on each request.</summary>
public sealed class IapConsoleTests : IAsyncLifetime
{
    private IapKeyServer _keys = default!;
    private SimulatorHost _google = default!;
    private RunningConsole _console = default!;

    public async Task InitializeAsync()
    {
        _keys = await IapKeyServer.StartAsync();
        _google = await SimulatorHost.StartAsync(new SimulatorOptions { History = TimeSpan.Zero, LiveTraffic = false }, TimeProvider.System, CancellationToken.None);
        _console = await RunningConsole.StartAsync(Settings, "acme-prod", "acme-test");
    }

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        await _google.DisposeAsync();
        await _keys.DisposeAsync();
    }

    [Fact]
    public async Task Request_WithoutAssertion_IsRefusedWhateverItsPlainHeadersSay()
    {
        using var browser = _console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/services", UriKind.Relative));
        request.Headers.Add("X-Goog-Authenticated-User-Email", "accounts.google.com:ada@acme.example");
        request.Headers.Add("X-Goog-Authenticated-User-Id", "accounts.google.com:1");

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("did not come through it", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_PersonasAndTokens_AreNoWayIn()
    {
        using var browser = _console.Browser();
        using var page = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative));
        Assert.DoesNotContain("name=\"persona\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var path in new[] { "/sign-in/persona", "/sign-in/token" })
        {
            using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("persona", "admin"), KeyValuePair.Create("token", "x")]));
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{path}: {answer.StatusCode}");
            Assert.False(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(static c => c.StartsWith("opsconsole=", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("sam@acme.example", "/services", HttpStatusCode.OK)]
    [InlineData("sam@acme.example", "/audit", HttpStatusCode.Forbidden)]
    [InlineData("sam@acme.example", "/admin/roles", HttpStatusCode.Forbidden)]
    [InlineData("ada@acme.example", "/admin/roles", HttpStatusCode.OK)]
    [InlineData("clara@audit.example", "/audit", HttpStatusCode.OK)]
    [InlineData("guest@acme.example", "/services", HttpStatusCode.OK)]
    [InlineData("stranger@other.example", "/services", HttpStatusCode.Forbidden)]
    public async Task Request_RolesOfTheSettings_Decide(string email, string path, HttpStatusCode status)
    {
        using var answer = await GetAsync(path, _keys.Assertion(email));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Request_RoleOfOneProject_OpensNothingOfAnother()
    {
        foreach (var (path, status) in new[]
        {
            ("/services/acme-prod/europe-west1/checkout", HttpStatusCode.OK),
            ("/services/acme-test/europe-west1/checkout", HttpStatusCode.Forbidden),
            ("/background/acme-test/europe-west1/checkout", HttpStatusCode.Forbidden),
            ("/background?source=live-acme-test", HttpStatusCode.Forbidden),
            ("/background/evidence?source=live-acme-test&format=csv", HttpStatusCode.Forbidden),
            ("/background/evidence?source=live-acme-prod&source=live-acme-test&format=csv", HttpStatusCode.Forbidden),
        })
        {
            using var answer = await GetAsync(path, _keys.Assertion("sam@acme.example"));
            Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Request_BadAssertions_AreRefusedAndRecorded()
    {
        var good = IapKeyServer.Claims("ada@acme.example");
        var expired = IapKeyServer.Claims("ada@acme.example");
        expired["exp"] = (long)expired["iat"]! - 60;
        var other = IapKeyServer.Claims("ada@acme.example");
        other["aud"] = "/projects/1/global/backendServices/2";
        var unsigned = $"{IapKeyServer.Encode(new JsonObject { ["alg"] = "none" })}.{IapKeyServer.Encode(good)}.";
        foreach (var assertion in new[] { _keys.Sign(expired), _keys.Sign(other), unsigned, "rubbish" })
        {
            using var answer = await GetAsync("/admin/roles", assertion);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.Equal(4, RecordedEvents.In(_console.Database).Count(static e => e == $"{AuditActions.SignIn} denied"));
    }

    [Fact]
    public async Task Request_TwoAssertions_AreRefused()
    {
        using var browser = _console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/services", UriKind.Relative));
        request.Headers.Add(IapAuthentication.Header, [_keys.Assertion("ada@acme.example"), _keys.Assertion("sam@acme.example")]);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Request_FirstOfASession_IsOnTheRecordOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            using var answer = await GetAsync("/services", _keys.Assertion("sam@acme.example"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(1, RecordedEvents.In(_console.Database).Count(static e => e == $"{AuditActions.SignIn} success"));
    }

    [Fact]
    public async Task Request_TrailDead_LetsNobodyIn()
    {
        RecordedEvents.Break(_console.Database);

        using var answer = await GetAsync("/services", _keys.Assertion("sam@acme.example"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("nobody may act here without a record", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_GivenAndWithdrawnOnThePage_CountsAtOnce()
    {
        var desk = _console.Services.GetRequiredService<RoleDesk>();
        var book = _console.Services.GetRequiredService<RoleBook>();
        var ada = new Actor("ada@acme.example", "Ada", [Role.Admin]);
        using (var before = await GetAsync("/services", _keys.Assertion("zoe@other.example")))
        {
            Assert.Equal(HttpStatusCode.Forbidden, before.StatusCode);
        }

        Assert.Null(await desk.AssignAsync(ada, new RoleRequest(Role.Viewer, "zoe@other.example", AccessScope.Everything), CancellationToken.None));
        using (var given = await GetAsync("/services", _keys.Assertion("zoe@other.example")))
        {
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        }

        Assert.Null(await desk.WithdrawAsync(ada, book.Stored[0].Id!.Value, CancellationToken.None));
        using var after = await GetAsync("/services", _keys.Assertion("zoe@other.example"));
        Assert.Equal(HttpStatusCode.Forbidden, after.StatusCode);
    }

    [Fact]
    public async Task Request_LeafOfAWorkspaceThatOneMayNotRead_IsHidden_AndSoIsItsProof()
    {
        var giveUp = TimeProvider.System.GetUtcNow().AddMinutes(2);
        HttpStatusCode status;
        do
        {
            // The sign-in of the first request is the first event, and sealed a moment later.
            using var answer = await GetAsync("/audit/event/proof?index=0", _keys.Assertion("clara@audit.example"));
            status = answer.StatusCode;
            await Task.Delay(100);
        }
        while (status != HttpStatusCode.OK && TimeProvider.System.GetUtcNow() < giveUp);

        foreach (var (who, expected) in new[] { ("clara@audit.example", HttpStatusCode.OK), ("wanda@audit.example", HttpStatusCode.NotFound) })
        {
            foreach (var path in new[] { "/audit/event/leaf?index=0", "/audit/event/proof?index=0" })
            {
                using var answer = await GetAsync(path, _keys.Assertion(who));
                Assert.True(answer.StatusCode == expected, $"{who} {path}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Healthz_NobodySignedIn_Answers()
    {
        using var browser = _console.Browser();

        Assert.Equal("ok\n", await browser.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        Assert.Contains("iap-keys", await browser.GetStringAsync(new Uri("/readyz", UriKind.Relative)), StringComparison.Ordinal);
    }

    private void Settings(ConsoleSettings settings)
    {
        settings.Identity.Mode = "Iap";
        settings.Identity.Iap.Audiences = [IapKeyServer.Audience];
        settings.Identity.Iap.KeysAddress = _keys.Address.ToString();
        settings.Google.CloudRunAddress = _google.BaseAddress.ToString();
        settings.Google.LoggingAddress = _google.BaseAddress.ToString();
        settings.Roles.Admin = ["ada@acme.example"];
        settings.Roles.Sre = ["sam@acme.example;project=acme-prod"];
        settings.Roles.Viewer = ["@acme.example;project=acme-prod"];
        settings.Roles.Compliance = ["group:auditors", "wanda@audit.example;workspace=payments"];
        settings.Roles.Groups = ["auditors=clara@audit.example"];
        Assert.Empty(SettingsRules.Check(settings));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string assertion)
    {
        using var browser = _console.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add(IapAuthentication.Header, assertion);
        return await browser.SendAsync(request);
    }
}
