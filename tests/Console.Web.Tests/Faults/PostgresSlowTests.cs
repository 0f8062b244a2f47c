using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Circuits;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.Faults;

/// <summary>PostgreSQL that answers late: in time still, too late for everything, and too late for one commit alone.</summary>
public sealed class PostgresSlowTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");
    private static readonly ResourceName Pricing = ResourceName.Service("acme-prod", "europe-west1", "pricing");
    private static readonly Actor Sam = new("sam@acme.example", "Sam", [Role.Sre]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Late_ButInTime_EverythingIsDone()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        using var source = await faulty.SourceAsync();
        faulty.Link.Delay = TimeSpan.FromMilliseconds(60);

        using var sent = await FaultyConsole.SendAsync(source, "late");
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        await IndexedAsync(faulty, "late");
        using var clara = await Visitor.SignInAsync(faulty.Console.Address, "compliance", CancellationToken.None);
        await using (await OpenPage.OpenAsync(clara, "/audit", static root => root.Text.Contains("invoice.approve", StringComparison.Ordinal), Patience, CancellationToken.None))
        {
        }

        var runner = faulty.Console.Services.GetRequiredService<ChangeRunner>();
        Assert.True((await runner.StartAsync(Sam, await PlanAsync(faulty, Checkout), "because", null, CancellationToken.None)).IsOk);
        await runner.IdleAsync();
        Assert.Equal(AuditOutcome.Success, Assert.Single(await OwnAsync(faulty, AuditActions.ChangeOutcome)).Outcome);
        await HandedOverAsync(faulty);
    }

    [Fact]
    public async Task TooLate_IsRefusedWithASentence_NothingIsDone_AndAllGoesOnAfterwards()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        using var source = await faulty.SourceAsync();
        using var before = await FaultyConsole.SendAsync(source, "before");
        var plan = await PlanAsync(faulty, Checkout);
        var runner = faulty.Console.Services.GetRequiredService<ChangeRunner>();
        using var clara = await Visitor.SignInAsync(faulty.Console.Address, "compliance", CancellationToken.None);
        await using var page = await OpenPage.OpenAsync(clara, "/services", static root => root.Find("h1") is not null, Patience, CancellationToken.None);

        // Longer than the 3 s of the connection string, for every answer.
        faulty.Link.Delay = TimeSpan.FromSeconds(5);
        var sending = FaultyConsole.SendAsync(source, "during");
        var starting = runner.StartAsync(Sam, plan, "because", null, CancellationToken.None);
        using var browser = faulty.Console.Browser();
        var signingIn = RunningConsole.PostAsync(browser, "/sign-in/persona", ("persona", "sre"));

        // Who looks at the trail gets a sentence, and a way on.
        await page.GoAsync("/audit", static root => root.Text.Contains("It is tried again by itself", StringComparison.Ordinal) && root.Find("button", static b => b.Text.Contains("Try again", StringComparison.Ordinal)) is not null, Patience, CancellationToken.None);

        using var refused = await sending;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Contains("same ids", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", Assert.IsType<ChangeError.NotRecorded>((await starting).Error).Message, StringComparison.Ordinal);
        using var signedIn = await signingIn;
        Assert.Equal("/sign-in?unrecorded=1", signedIn.Headers.Location?.OriginalString);
        Assert.Equal(plan.Etag, await EtagAsync(faulty, Checkout));

        faulty.Link.Delay = TimeSpan.Zero;
        await faulty.UntilReadyAsync();
        using var after = await FaultyConsole.SendAsync(source, "during");
        Assert.True(after.IsSuccessStatusCode);
        await IndexedAsync(faulty, "during");
        await page.ClickAsync(static root => root.Find("button", static b => b.Text.Contains("Try again", StringComparison.Ordinal)), static root => root.Text.Contains("invoice.approve", StringComparison.Ordinal), Patience, CancellationToken.None);
        await HandedOverAsync(faulty);
    }

    [Fact]
    public async Task Commit_WhoseAnswerNeverCame_IsLookedUp_AndNothingWasSentForIt()
    {
        await using var faulty = await FaultyConsole.StartAsync();
        var runner = faulty.Console.Services.GetRequiredService<ChangeRunner>();
        var (plan, other) = (await PlanAsync(faulty, Checkout), await PlanAsync(faulty, Pricing));

        // The intent is committed, and the console does not learn of it: the row of audit.record goes through, and what follows it is lost.
        faulty.Link.Passes = static piece =>
            piece.Span.IndexOf("recorded"u8) >= 0 && piece.Span.EndsWith("Z\0\0\0\x05I"u8) ? piece.Length - 6 : piece.Length;
        var start = await runner.StartAsync(Sam, plan, "because", null, CancellationToken.None);
        faulty.Link.Passes = null;
        Assert.IsType<ChangeError.NotRecorded>(start.Error);

        // It is on the record after all: that nothing was sent for it goes there, too, and the service is free for the next one.
        await FaultyConsole.UntilAsync(async () => (await OwnAsync(faulty, AuditActions.ChangeOutcome)).Count == 1, () => Task.FromResult("no outcome"));
        var outcome = Assert.Single(await OwnAsync(faulty, AuditActions.ChangeOutcome));
        Assert.Equal((AuditOutcome.Failure, true), (outcome.Outcome, outcome.Reason?.StartsWith("Nothing was sent", StringComparison.Ordinal)));
        Assert.Single(await OwnAsync(faulty, AuditActions.ChangeIntent));
        Assert.Equal(plan.Etag, await EtagAsync(faulty, Checkout));

        // Again, and another one, whose record is confirmed.
        Assert.Null((await runner.StartAsync(Sam, plan, "because", null, CancellationToken.None)).Error);
        Assert.Null((await runner.StartAsync(Sam, other, "because", null, CancellationToken.None)).Error);
        await runner.IdleAsync();
        Assert.Equal(3, (await OwnAsync(faulty, AuditActions.ChangeIntent)).Count);
        Assert.Equal(2, (await OwnAsync(faulty, AuditActions.ChangeOutcome)).Count(static e => e.Outcome == AuditOutcome.Success));
        Assert.NotEqual(plan.Etag, await EtagAsync(faulty, Checkout));
    }

    private static async Task<Plan> PlanAsync(FaultyConsole faulty, ResourceName service) =>
        Assert.IsType<Planning.Ready>((await faulty.Console.Services.GetRequiredService<ChangeDesk>().PlanAsync(service, new SetTimeout(123), CancellationToken.None)).Planning).Plan;

    private static async Task<string> EtagAsync(FaultyConsole faulty, ResourceName service) =>
        (await faulty.Console.Services.GetRequiredService<ICloudRun>().GetServiceAsync(service, CancellationToken.None)).Value!.Etag;

    private static async Task<IReadOnlyList<AuditEvent>> OwnAsync(FaultyConsole faulty, string action)
    {
        List<AuditEvent> events = [];
        await foreach (var record in faulty.Console.Services.GetRequiredService<IAuditReader>().OwnActsAsync(new AuditQuery { Actions = [action] }, CancellationToken.None))
        {
            events.Add(record.Event);
        }

        return events;
    }

    // What is not in the index yet may be missing from a list.
    private static Task IndexedAsync(FaultyConsole faulty, string id) => FaultyConsole.UntilAsync(
        async () =>
        {
            await using var database = Npgsql.NpgsqlDataSource.Create(faulty.Database);
            await using var command = database.CreateCommand("SELECT count(*) FROM audit.search WHERE event_id = $1");
            command.Parameters.AddWithValue(id);
            return (long)(await command.ExecuteScalarAsync())! == 1;
        },
        () => Task.FromResult($"{id} is not indexed"));

    // All is sealed, under a signature, and held outside.
    private static Task HandedOverAsync(FaultyConsole faulty)
    {
        var health = faulty.Console.Services.GetRequiredService<IAuditHealth>();
        var outside = faulty.Console.Services.GetRequiredService<OutsideBoard>();
        return FaultyConsole.UntilAsync(
            () => Task.FromResult(health.Current is { Unsealed: 0, Alarms.Count: 0 } now && now.TreeSize > 0 && now.CheckpointSize == now.TreeSize && outside.States.All(static s => s.Problem is null)),
            () => Task.FromResult($"{health.Current} {string.Join(' ', health.Current.Problems)} {string.Join(' ', outside.States)}"));
    }
}
