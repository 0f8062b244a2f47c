using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Network;
using OpsConsole.Testing.Storage;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Faults;

/// <summary>PostgreSQL away, silent, restarting, full and failing over: what programs and people get, and that everything goes on by itself.</summary>
public sealed class PostgresAwayTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");
    private static readonly Actor Sam = new("sam@acme.example", "Sam", [Role.Sre]);

    [Fact]
    public async Task Start_WithoutTheDatabase_SaysWhatIsMissing_AndBecomesWholeByItself()
    {
        await using var faulty = await FaultyConsole.StartAsync(LinkState.Refusing);
        using var browser = faulty.Console.Browser();
        browser.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));

        foreach (var path in (string[])["/", "/services", "/audit", "/sign-in"])
        {
            using var page = await browser.GetAsync(new Uri(path, UriKind.Relative));
            var html = await page.Content.ReadAsStringAsync();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (page.StatusCode, page.Headers.RetryAfter?.Delta));
            Assert.Contains("Waiting for the database", html, StringComparison.Ordinal);
            Assert.Contains($"127.0.0.1:{faulty.Link.Port}", html, StringComparison.Ordinal);
            Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
        }

        using var styles = await browser.GetAsync(new Uri("/app.css", UriKind.Relative));
        using var alive = await browser.GetAsync(new Uri("/healthz", UriKind.Relative));
        using var api = await browser.PostAsync(new Uri("/api/v1/audit/events", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"));
        var (status, text) = await faulty.ReadyAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (styles.StatusCode, alive.StatusCode));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (api.StatusCode, api.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("missing\tdatabase", text, StringComparison.Ordinal);

        faulty.Link.State = LinkState.Open;
        await faulty.UntilReadyAsync();

        // Whole: people come in, events are taken and sealed.
        using var person = await faulty.Console.SignedInAsync("admin");
        using var shown = await person.GetAsync(new Uri("/", UriKind.Relative));
        using var source = await faulty.SourceAsync();
        using var sent = await FaultyConsole.SendAsync(source, "first");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Created), (shown.StatusCode, sent.StatusCode));
        await SealedAsync(faulty);
    }

    [Fact]
    public async Task Gone_NothingIsTakenOrDone_AndAllGoesOnWhenItIsBack()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        using var source = await faulty.SourceAsync();
        using var before = await FaultyConsole.SendAsync(source, "before");
        Assert.Equal(HttpStatusCode.Created, before.StatusCode);
        var planned = await faulty.Console.Services.GetRequiredService<ChangeDesk>().PlanAsync(Checkout, new SetCpuAllocation(true), CancellationToken.None);
        var plan = Assert.IsType<Planning.Ready>(planned.Planning).Plan;
        var runner = faulty.Console.Services.GetRequiredService<ChangeRunner>();
        var cloudRun = faulty.Console.Services.GetRequiredService<ICloudRun>();

        faulty.Link.State = LinkState.Refusing;

        // A program: a refusal that says when to come again.
        using var refused = await FaultyConsole.SendAsync(source, "during");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Contains("same ids", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // An act: no record, no act, a sentence.
        var start = await runner.StartAsync(Sam, plan, "because", null, CancellationToken.None);
        Assert.Contains("It is tried again by itself", Assert.IsType<ChangeError.NotRecorded>(start.Error).Message, StringComparison.Ordinal);
        Assert.Equal(plan.Etag, (await cloudRun.GetServiceAsync(Checkout, CancellationToken.None)).Value!.Etag);

        // Somebody who comes: not let in without a record, and told so.
        using var browser = faulty.Console.Browser();
        using var signIn = await RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "sre"));
        Assert.Equal("/sign-in?unrecorded=1", signIn.Headers.Location?.OriginalString);

        // Probes: alive, not ready, and why. Whoever answers for the trail sees the alarm.
        await FaultyConsole.UntilAsync(
            async () => await faulty.ReadyAsync() is { Status: HttpStatusCode.ServiceUnavailable } ready && ready.Text.Contains("missing\tsealer", StringComparison.Ordinal),
            async () => (await faulty.ReadyAsync()).Text);
        Assert.Contains("missing\tdatabase", (await faulty.ReadyAsync()).Text, StringComparison.Ordinal);
        using var alive = await browser.GetAsync(new Uri("/healthz", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        faulty.Link.State = LinkState.Open;
        await faulty.UntilReadyAsync();
        using var after = await FaultyConsole.SendAsync(source, "during");
        Assert.Equal(HttpStatusCode.Created, after.StatusCode);
        Assert.True((await runner.StartAsync(Sam, plan, "because", null, CancellationToken.None)).IsOk);
        await runner.IdleAsync();
        await SealedAsync(faulty);
        Assert.All(faulty.Console.Services.GetRequiredService<OutsideBoard>().States, static outside => Assert.Null(outside.Problem));
    }

    [Fact]
    public async Task Silent_IsGivenUpInBoundedTime()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        using var source = await faulty.SourceAsync();
        using var before = await FaultyConsole.SendAsync(source, "before");

        faulty.Link.State = LinkState.Silent;
        var begin = TimeProvider.System.GetTimestamp();
        using var refused = await FaultyConsole.SendAsync(source, "during");
        var took = TimeProvider.System.GetElapsedTime(begin);

        // Of the time that the connection string gives, 3 s, a few times over; without it the client would still be waiting.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.True(took < TimeSpan.FromSeconds(30), $"It took {took}.");
        Assert.Contains("no answer in time", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (status, text) = await faulty.ReadyAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("missing\tdatabase", text, StringComparison.Ordinal);

        faulty.Link.State = LinkState.Open;
        await faulty.UntilReadyAsync();
        using var after = await FaultyConsole.SendAsync(source, "during");
        Assert.True(after.IsSuccessStatusCode);
        await SealedAsync(faulty);
    }

    [Fact]
    public async Task Answer_LostBeforeTheCommitWasConfirmed_IsNoReceipt()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        using var source = await faulty.SourceAsync();
        using var before = await FaultyConsole.SendAsync(source, "before");

        // The rows of audit.record go through, and what follows them (ReadyForQuery, after the commit) does not.
        faulty.Link.Passes = static piece =>
            piece.Span.IndexOf("recorded"u8) >= 0 && piece.Span.EndsWith("Z\0\0\0\x05I"u8) ? piece.Length - 6 : piece.Length;
        using var refused = await FaultyConsole.SendAsync(source, "during");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        // It may have been committed: sent again, it is there once.
        faulty.Link.Passes = null;
        using var again = await FaultyConsole.SendAsync(source, "during");
        Assert.True(again.IsSuccessStatusCode);
        Assert.Equal(1, await CountAsync(faulty, "during"));
    }

    [Fact]
    public async Task Full_IsSaidWithWhatToDo_AndTheSealerGoesOn()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        using var source = await faulty.SourceAsync();
        using var before = await FaultyConsole.SendAsync(source, "before");

        // The state of the real server's error; a disk that is full for certain cannot be had everywhere.
        await PostgresCluster.ExecuteAsync(faulty.Database, """
            CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file "base/16384/16385": No space left on device'; END $$;
            CREATE TRIGGER full_now BEFORE INSERT ON audit.leaf FOR EACH ROW EXECUTE FUNCTION public.full();
            """);
        using var kept = await FaultyConsole.SendAsync(source, "waits");
        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        await FaultyConsole.UntilAsync(
            () => Task.FromResult(faulty.Console.Services.GetRequiredService<IAuditHealth>().Current.Alarms.Any(static a => a.Contains("disk is full", StringComparison.Ordinal))),
            () => Task.FromResult(string.Join(' ', faulty.Console.Services.GetRequiredService<IAuditHealth>().Current.Problems)));

        await PostgresCluster.ExecuteAsync(faulty.Database, "CREATE TRIGGER full_now BEFORE INSERT ON audit.inbox FOR EACH ROW EXECUTE FUNCTION public.full();");
        using var refused = await FaultyConsole.SendAsync(source, "during");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("make room", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(faulty, "during"));

        await PostgresCluster.ExecuteAsync(faulty.Database, "DROP TRIGGER full_now ON audit.inbox; DROP TRIGGER full_now ON audit.leaf;");
        using var after = await FaultyConsole.SendAsync(source, "during");
        Assert.Equal(HttpStatusCode.Created, after.StatusCode);
        await SealedAsync(faulty);
    }

    [Fact]
    public async Task Failover_AfterACrash_RefusesUntilTheStandbyIsPromoted_AndLosesNothing()
    {
        await using var primary = await PostgresCluster.StartAsync(durable: false, CancellationToken.None);
        await using var standby = await primary.StandbyAsync(CancellationToken.None);
        await using var faulty = await FaultyConsole.StartAsync(cluster: primary);
        using var source = await faulty.SourceAsync();
        using var before = await FaultyConsole.SendAsync(source, "before");
        Assert.Equal(HttpStatusCode.Created, before.StatusCode);

        // It crashes, and comes back by itself.
        await primary.CrashAsync();
        await FaultyConsole.UntilAsync(
            async () =>
            {
                using var sent = await FaultyConsole.SendAsync(source, "crashed");
                return sent.IsSuccessStatusCode;
            },
            async () => (await faulty.ReadyAsync()).Text);
        await primary.ReplicatedAsync(CancellationToken.None);

        // The address leads to the standby already, and nobody has promoted it yet.
        await primary.KillAsync(CancellationToken.None);
        faulty.Link.Target = standby.Port;
        faulty.Link.Cut();
        using var refused = await FaultyConsole.SendAsync(source, "during");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await FaultyConsole.UntilAsync(
            async () => (await faulty.ReadyAsync()).Text.Contains("takes no writes", StringComparison.Ordinal), async () => (await faulty.ReadyAsync()).Text);
        using var readOnly = await FaultyConsole.SendAsync(source, "during");
        Assert.Contains("takes no writes", await readOnly.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await standby.PromoteAsync(CancellationToken.None);
        await faulty.UntilReadyAsync();
        using var after = await FaultyConsole.SendAsync(source, "during");
        using var again = await FaultyConsole.SendAsync(source, "before");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (after.StatusCode, again.StatusCode));
        await SealedAsync(faulty);
    }

    private static async Task<long> CountAsync(FaultyConsole faulty, string id)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(faulty.Database);
        await using var command = source.CreateCommand("SELECT count(*) FROM audit.receipt WHERE id = $1");
        command.Parameters.AddWithValue(id);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    // All that was acknowledged is in the tree, under a signature, and no alarm is open.
    private static Task SealedAsync(FaultyConsole faulty)
    {
        var health = faulty.Console.Services.GetRequiredService<IAuditHealth>();
        return FaultyConsole.UntilAsync(
            () => Task.FromResult(health.Current is { Unsealed: 0, Alarms.Count: 0 } now && now.TreeSize > 0 && now.CheckpointSize == now.TreeSize),
            () => Task.FromResult($"{health.Current} {string.Join(' ', health.Current.Problems)}"));
    }
}
