using System.Net;
using System.Text;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Processes;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>Two and more consoles as processes on one PostgreSQL: used at once, killed, stopped in order, replaced by a new one.</summary>
public sealed class FleetTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_TheOneThatSealsAndChanges_TheOtherGoesOnAndNothingIsLostOrDoneTwice()
    {
        await using var fleet = await Fleet.StartAsync(operationSeconds: 4);

        // At the same time on an empty database: one migrates, the other waits.
        var both = await Task.WhenAll(fleet.AddAsync("a"), fleet.AddAsync("b"));
        await using var application = new Application(await fleet.TokenAsync("billing"), senders: 4, [.. both.Select(static c => c.Address)]);
        await Task.WhenAll(both.Select(c => application.MoreAsync(20, c.Address)));

        // One seals. A change is begun there.
        var sealer = "";
        await Fleet.UntilAsync("one seals", async () => await fleet.SealersAsync() is [var one] && (sealer = one) is not null);
        var (dying, staying) = sealer == "a" ? (both[0], both[1]) : (both[1], both[0]);
        var generation = await fleet.GenerationAsync(Checkout.Value);
        using var sam = fleet.As(dying, "sam@acme.example");
        await using (var page = await BeginAsync(sam, 7))
        {
            await Fleet.UntilAsync("the change is sent", async () => await fleet.GenerationAsync(Checkout.Value) > generation);
            Assert.Empty(await OutcomesAsync(fleet));
            await dying.KillAsync();
        }

        application.SendTo(staying.Address);
        await application.MoreAsync(50, staying.Address);
        await Fleet.UntilAsync("the other seals", async () => (await fleet.SealersAsync()) is [var other] && other != sealer);
        await Fleet.UntilAsync("the change is settled by the other", async () => (await OutcomesAsync(fleet)).Count == 1);
        await application.StopAsync();

        Assert.Empty(application.Wrong);
        Assert.Equal(AuditOutcome.Success, Assert.Single(await OutcomesAsync(fleet)).Outcome);
        Assert.Equal(generation + 1, await fleet.GenerationAsync(Checkout.Value));
        await AllSealedOnceAsync(fleet, application);
    }

    [Fact]
    public async Task RollingUpdate_EventsAndAChangeUnderWay_NoneIsLostAndTheOldOneEndsInOrder()
    {
        await using var fleet = await Fleet.StartAsync(operationSeconds: 12);
        var a = await fleet.AddAsync("a");
        var b = await fleet.AddAsync("b");
        await using var application = new Application(await fleet.TokenAsync("billing"), senders: 4, a.Address, b.Address);
        await Task.WhenAll(application.MoreAsync(20, a.Address), application.MoreAsync(20, b.Address));
        var generation = await fleet.GenerationAsync(Checkout.Value);
        using var sam = fleet.As(a, "sam@acme.example");
        await using var page = await BeginAsync(sam, 7);
        await Fleet.UntilAsync("the change is sent", async () => await fleet.GenerationAsync(Checkout.Value) > generation);

        // The new one comes, the old one goes; its front end takes it out of turn as it stops answering.
        var c = await fleet.AddAsync("c");
        application.SendTo(a.Address, b.Address, c.Address);
        await application.MoreAsync(20, c.Address);
        var (took, exitCode) = await a.StopAsync();
        application.SendTo(b.Address, c.Address);

        Assert.Equal(0, exitCode);
        Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took} to stop:\n{a.Output}");
        await Task.WhenAll(application.MoreAsync(50, b.Address), application.MoreAsync(50, c.Address));
        await Fleet.UntilAsync("the change is settled", async () => (await OutcomesAsync(fleet)).Count == 1);
        await application.StopAsync();

        Assert.Empty(application.Wrong);
        Assert.Equal(AuditOutcome.Success, Assert.Single(await OutcomesAsync(fleet)).Outcome);
        Assert.Equal(generation + 1, await fleet.GenerationAsync(Checkout.Value));
        await Fleet.UntilAsync("one of them has the sealer's place", async () => (await fleet.SealersAsync()).Count == 1);
        await AllSealedOnceAsync(fleet, application);
    }

    [Fact]
    public async Task Withdraw_AtOneConsole_IsObeyedByTheOther()
    {
        await using var fleet = await Fleet.StartAsync();
        var demo = new Dictionary<string, string>(StringComparer.Ordinal) { ["Projects"] = "", ["Identity:Mode"] = "Demo", ["Simulator:HistoryHours"] = "0", ["Simulator:LiveTraffic"] = "false" };
        var both = await Task.WhenAll(fleet.AddAsync("a", demo), fleet.AddAsync("b", demo));
        var (a, b) = (both[0], both[1]);

        // A cookie of one is good at the other; signing out there, with a form of the other, ends it at both.
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(browser, a, a, "/sign-in/persona", ("persona", "viewer")));
        var cookie = cookies.GetCookies(a.Address)["opsconsole"]!.Value;
        Assert.Equal(HttpStatusCode.OK, await GetAsync(b, cookie));
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(browser, b, a, "/sign-out"));
        Assert.Equal(HttpStatusCode.Redirect, await GetAsync(b, cookie));
        await Fleet.UntilAsync("the session is over at the other", async () => await GetAsync(a, cookie) == HttpStatusCode.Redirect);

        // A token that was revoked.
        var secret = await fleet.TokenAsync("till");
        Assert.Equal(HttpStatusCode.Created, await SendAsync(a, secret, "1"));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(b, secret, "2"));
        var token = Assert.Single(await fleet.Tokens.ListAsync(CancellationToken.None), static t => t.Name == "till");
        Assert.Null((await fleet.Tokens.RevokeAsync(Ada, token.Id, CancellationToken.None)).Error);
        await Fleet.UntilAsync("the token is refused at a", async () => await SendAsync(a, secret, "3") == HttpStatusCode.Unauthorized);
        await Fleet.UntilAsync("the token is refused at b", async () => await SendAsync(b, secret, "4") == HttpStatusCode.Unauthorized);

        // A role that was given and withdrawn: the page of an administrator, in this process.
        using var viewer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        Assert.Equal(HttpStatusCode.Redirect, await PostAsync(viewer, a, a, "/sign-in/persona", ("persona", "viewer")));
        cookie = cookies.GetCookies(a.Address)["opsconsole"]!.Value;
        Assert.NotEqual(HttpStatusCode.OK, await GetAsync(b, cookie, "/audit"));
        var (roles, book) = fleet.Roles();
        Assert.Null(await roles.AssignAsync(Ada, new RoleRequest(Role.Compliance, "vik.patel@acme.example", AccessScope.Everything), CancellationToken.None));
        await Fleet.UntilAsync("the role holds at both", async () => await GetAsync(a, cookie, "/audit") == HttpStatusCode.OK && await GetAsync(b, cookie, "/audit") == HttpStatusCode.OK);
        Assert.Null(await roles.WithdrawAsync(Ada, Assert.Single(book.Stored).Id!.Value, CancellationToken.None));
        await Fleet.UntilAsync("the role is withdrawn at both", async () => await GetAsync(a, cookie, "/audit") != HttpStatusCode.OK && await GetAsync(b, cookie, "/audit") != HttpStatusCode.OK);
    }

    private static Actor Ada { get; } = new("ada@acme.example", "Ada", [Role.Admin]);

    /// <summary>Sam applies a change on a page that is open at one console.</summary>
    private static async Task<OpenPage> BeginAsync(Visitor sam, int concurrency)
    {
        var page = await OpenPage.OpenAsync(
            sam, Urls.PlanChange(Urls.Service(Checkout), Checkout, new SetConcurrency(concurrency)), static root => Reason(root) is not null, Patience, CancellationToken.None);
        await page.TypeAsync(Reason, "too many at once", static _ => true, Patience, CancellationToken.None);
        await page.SubmitAsync(static root => root.Find("form", static form => form.HasClass("change-apply")), static root => root.Find("div", static d => d.HasClass("change-progress")) is not null, Patience, CancellationToken.None);
        return page;
    }

    private static PageNode? Reason(PageNode root) => root.Find("textarea", static t => t["id"] == "change-reason");

    private static async Task<IReadOnlyList<AuditEvent>> OutcomesAsync(Fleet fleet)
    {
        List<AuditEvent> outcomes = [];
        await foreach (var record in fleet.Reader.OwnActsAsync(new AuditQuery { Actions = [AuditActions.ChangeOutcome] }, CancellationToken.None))
        {
            outcomes.Add(record.Event);
        }

        return outcomes;
    }

    private static async Task AllSealedOnceAsync(Fleet fleet, Application application)
    {
        await Fleet.UntilAsync("all is sealed and signed", async () =>
            await fleet.Database.ScalarAsync<long>("SELECT (SELECT count(*) FROM audit.inbox) + (SELECT max(leaf_index) + 1 FROM audit.leaf) - (SELECT max(size) FROM audit.checkpoint)") == 0);
        var recorded = await fleet.Database.ListAsync<string>("SELECT id FROM audit.receipt WHERE workspace = 'billing'");
        Assert.Equal(recorded.Count, recorded.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(application.Acknowledged.Keys.Except(recorded, StringComparer.Ordinal));
        Assert.Equal(
            await fleet.Database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt"),
            await fleet.Database.ScalarAsync<long>("SELECT count(DISTINCT seq) FROM audit.leaf WHERE seq IS NOT NULL"));

        using var http = new HttpClient();
        var keys = LogKeys.Open(Path.Combine(fleet.Database.Folder, "audit.key"), "opsconsole.local/audit");
        var report = await new Verifier(new LedgerSource(fleet.Database.Database), new WitnessMonitor(http, TimeSpan.FromSeconds(1), TimeProvider.System), TimeProvider.System)
            .RunAsync(new VerifyRequest { Full = true }, new VerifyTrust { LogKeys = [.. keys.VerifierKeys] }, null, CancellationToken.None);
        Assert.True(report.IsGood, string.Join('\n', report.Problems.Select(static p => $"{p.Kind}: {p.Sentence}")));
    }

    private static async Task<HttpStatusCode> GetAsync(ConsoleProcess console, string cookie, string path = "/services")
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        http.DefaultRequestHeaders.Add("Cookie", $"opsconsole={cookie}");
        using var answer = await http.GetAsync(new Uri(console.Address, path));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient browser, ConsoleProcess to, ConsoleProcess formOf, string path, params (string Name, string Value)[] fields)
    {
        // Cookies of 127.0.0.1 are of all its ports.
        var token = await Hosting.RunningConsole.AntiforgeryTokenAsync(browser, new Uri(formOf.Address, "/sign-in"));
        using var form = new FormUrlEncodedContent([.. fields.Select(static f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var answer = await browser.PostAsync(new Uri(to.Address, path), form);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> SendAsync(ConsoleProcess console, string token, string id)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var body = new StringContent(
            $$"""{"id":"{{id}}","time":"2026-11-22T10:00:00Z","workspace":"billing","actor":{"type":"user","id":"maria@acme.example"},"action":"invoice.approve","outcome":"success"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(console.Address, "/api/v1/audit/events"), body);
        return answer.StatusCode;
    }
}
