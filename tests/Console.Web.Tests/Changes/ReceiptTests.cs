using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;
using OpsConsole.Testing.Changes;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>Receipts of changes, with logs from the simulated Cloud Logging. The console that makes them was restarted after the change.</summary>
public sealed class ReceiptTests
{
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Pass_MinimumRaised_RecordsVictimsBeforeAndAfterWithDigestAndQuery()
    {
        await using var bench = await ChangeBench.StartAsync();
        var old = ResourceName.ShortName((await bench.ReadAsync(Checkout)).LatestReadyRevision);
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        var world = new ReceiptWorld().Requests(old, "warm", run.StartedAt.AddMinutes(-9), TimeSpan.FromMinutes(8), 60);
        for (var i = 0; i < 8; i++)
        {
            var at = run.StartedAt.AddMinutes(-9 + i);
            world.Start(old, $"cold{i}", at, seconds: 3).Request(old, $"cold{i}", at.AddSeconds(1), 2500);
        }

        world.Requests(old, "warm", run.EndedAt!.Value.AddSeconds(1), TimeSpan.FromMinutes(9), 60);
        await WriteAsync(bench, world);
        await using var restarted = bench.Another(Later(run, minutes: 12));

        Assert.Null(await restarted.ReceiptRunner.PassAsync(CancellationToken.None));

        var receipt = (await restarted.Receipts.FindAsync(run, CancellationToken.None))!;
        Assert.Equal("min 0 → 2: 8 → 0 cold-start victims", receipt.Sentence);
        Assert.Equal((ReceiptVerdict.Good, 68, 60), (receipt.Verdict, receipt.Before!.Requests, receipt.After!.Requests));
        Assert.Equal(old, Assert.Single(receipt.Revisions).Revision);
        Assert.True(receipt.After.DollarsAnHour > 0);
        Assert.Equal((world.Json.Count, 64), (receipt.Entries, receipt.Sha256.Length));
        Assert.Contains("service_name=\"checkout\"", receipt.AfterWindow!.Filter, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(10), receipt.AfterWindow.Length);
        var recorded = bench.Trail.Events[^1];
        Assert.Equal((AuditActions.ChangeReceipt, AuditOutcome.Success, run.Id + ".receipt", Checkout.Value), (recorded.Action, recorded.Outcome, recorded.Id, recorded.Resource!.Id));
    }

    [Fact]
    public async Task Pass_Twice_RecordsOneReceipt()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await using var restarted = bench.Another(Later(run, minutes: 12));

        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);
        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);

        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeReceipt);
    }

    [Fact]
    public async Task Pass_BeforeItIsDue_WaitsForTheWindow()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));

        var next = await bench.ReceiptRunner.PassAsync(CancellationToken.None);

        Assert.Equal(run.EndedAt!.Value + TimeSpan.FromMinutes(10) + ReceiptRules.Settle, next!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(bench.Receipts.DueAt(run)!.Value, next!.Value, TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeReceipt);
    }

    [Fact]
    public async Task Pass_NoRequests_SaysThatItCannotTell()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await using var restarted = bench.Another(Later(run, minutes: 12));

        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);

        var receipt = (await restarted.Receipts.FindAsync(run, CancellationToken.None))!;
        Assert.Equal(ReceiptVerdict.CannotTell, receipt.Verdict);
        Assert.Equal("No request came in either window.", Assert.Single(receipt.Because));
        Assert.Equal(AuditOutcome.Unknown, bench.Trail.Events[^1].Outcome);
    }

    [Fact]
    public async Task Pass_LogsAreForbidden_SaysWhichPermissionIsMissing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await bench.FaultAsync(new { kind = "denied", permission = "logging.logEntries.list" });
        await using var restarted = bench.Another(Later(run, minutes: 12));

        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);

        var receipt = (await restarted.Receipts.FindAsync(run, CancellationToken.None))!;
        Assert.Equal(ReceiptVerdict.CannotTell, receipt.Verdict);
        Assert.Contains("logging.logEntries.list", Assert.Single(receipt.Because), StringComparison.Ordinal);
        Assert.Null(receipt.Before);
    }

    [Fact]
    public async Task Pass_LoggingIsDown_TriesAgainAndGivesUpInTheEnd()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));
        await bench.FaultAsync(new { kind = "status", status = 503, path = "/v2/entries:list" });
        var time = Later(run, minutes: 12);
        await using var restarted = bench.Another(time);

        Assert.NotNull(await restarted.ReceiptRunner.PassAsync(CancellationToken.None));
        Assert.Null(await restarted.Receipts.FindAsync(run, CancellationToken.None));

        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await restarted.ReceiptRunner.PassAsync(CancellationToken.None));
        Assert.Equal(ReceiptVerdict.CannotTell, (await restarted.Receipts.FindAsync(run, CancellationToken.None))!.Verdict);
    }

    [Fact]
    public async Task Wait_ErrorsRise_GivesABadReceiptToWhoeverWaits()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetConcurrency(20));
        var old = run.LatestRevision;
        await WriteAsync(bench, new ReceiptWorld()
            .Requests(old, "a", run.StartedAt.AddMinutes(-9), TimeSpan.FromMinutes(8), 100)
            .Requests(run.Revision, "b", run.EndedAt!.Value.AddSeconds(1), TimeSpan.FromMinutes(8), 80)
            .Requests(run.Revision, "b", run.EndedAt!.Value.AddSeconds(2), TimeSpan.FromMinutes(8), 20, status: 500));
        await using var restarted = bench.Another(Later(run, minutes: 12));
        var waiting = restarted.Receipts.WaitAsync(run, CancellationToken.None);

        await restarted.ReceiptRunner.PassAsync(CancellationToken.None);

        var receipt = (await waiting)!;
        Assert.Equal(ReceiptVerdict.Bad, receipt.Verdict);
        Assert.Equal("Errors (5xx) rose: 0 of 100 (0.0 %) → 20 of 100 (20 %).", Assert.Single(receipt.Because));
        Assert.Equal([old, run.Revision], receipt.Revisions.Select(static r => r.Revision));
        Assert.Equal(AuditOutcome.Failure, bench.Trail.Events[^1].Outcome);
    }

    [Fact]
    public async Task Wait_ChangeThatFailed_GetsNone()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Checkout, new SetInstanceLimits(2, null));

        Assert.Null(await bench.Receipts.WaitAsync(run with { Phase = ChangePhase.Failed }, CancellationToken.None));
    }

    private static SkippingTime Later(ChangeRun run, double minutes) => new(run.EndedAt!.Value.AddMinutes(minutes));

    private static async Task WriteAsync(ChangeBench bench, ReceiptWorld world)
    {
        var body = new JsonObject { ["entries"] = new JsonArray([.. world.Json.Select(static e => e.DeepClone())]) };
        using var answer = await bench.Http.PostAsJsonAsync(new Uri("v2/entries:write", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }
}
