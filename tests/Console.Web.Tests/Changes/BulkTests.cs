using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>The same change of several services, before the simulated Cloud Run.</summary>
public sealed class BulkTests
{
    private static readonly SetSessionAffinity Affinity = new(On: true);

    [Fact]
    public async Task Start_FiveServicesOneFailing_TheOthersSucceedEachWithItsPairAndOneSummary()
    {
        await using var bench = await ChangeBench.StartAsync();
        var five = await ServicesAsync(bench, 5);
        var plan = await bench.BulkPlanner.PlanAsync(five, Affinity, null, CancellationToken.None);
        Assert.Equal(5, plan.Ready.Count);
        await bench.FaultAsync(new { kind = "status", status = 400, method = "PATCH", path = $"/v2/{five[2].Value}", message = "template.sessionAffinity: not today" });

        var run = await ApplyAsync(bench, plan);

        Assert.Equal((4, 1), (run.Count(BulkRowState.Succeeded), run.Count(BulkRowState.Failed)));
        Assert.Contains("not today", run.Rows[2].Message, StringComparison.Ordinal);
        Assert.Equal("4 in effect, 1 failed.", BulkWords.Summary(run));
        Assert.Equal(5, bench.Trail.Events.Count(static e => e.Action == AuditActions.ChangeIntent));
        Assert.Equal(5, bench.Trail.Events.Count(static e => e.Action == AuditActions.ChangeOutcome));
        Assert.Equal(AuditActions.ChangeBulk, bench.Trail.Events[0].Action);
        Assert.Equal((AuditActions.ChangeBulkOutcome, AuditOutcome.Failure), (bench.Trail.Events[^1].Action, bench.Trail.Events[^1].Outcome));
        foreach (var service in five)
        {
            Assert.Equal(service != five[2], (await bench.ReadAsync(service)).Template.SessionAffinity);
        }
    }

    [Fact]
    public async Task Find_FromAnotherConsole_IsTheSameWhileItRunsAndWhenItHasEnded()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 1);
        await using var other = bench.Another();
        var plan = await bench.BulkPlanner.PlanAsync(await ServicesAsync(bench, 2), Affinity, null, CancellationToken.None);

        var start = await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", null, receiptFirst: false, CancellationToken.None);
        var early = (await other.BulkHistory.FindAsync(start.Run!.Id, CancellationToken.None))!;
        await bench.BulkRunner.IdleAsync();
        var late = (await other.BulkHistory.FindAsync(start.Run.Id, CancellationToken.None))!;

        Assert.Equal((false, true), (early.IsOver, late.IsOver));
        Assert.Equal(bench.BulkBoard.Find(start.Run.Id)!.Rows, late.Rows);
        Assert.Equal(("Sam", "because", Affinity), (late.ActorName, late.Reason, late.Change));
    }

    [Fact]
    public async Task Start_MoreThanAFew_NeverMoreThanTheLimitAtOnce()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 0.1);
        var most = 0;
        using var watch = bench.Board.Subscribe(_ =>
        {
            var now = bench.Board.All.Count(static r => !r.IsOver);
            most = Math.Max(most, now);
        });

        var run = await ApplyAsync(bench, await bench.BulkPlanner.PlanAsync(await ServicesAsync(bench, 7), Affinity, null, CancellationToken.None));

        Assert.Equal(7, run.Count(BulkRowState.Succeeded));
        Assert.InRange(most, 1, BulkRules.Default.Parallelism);
    }

    [Fact]
    public async Task Cancel_FromAnotherConsole_LeavesWhatHasNotBegun()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 0.5);
        await using var other = bench.Another();
        var plan = await bench.BulkPlanner.PlanAsync(await ServicesAsync(bench, 7), Affinity, null, CancellationToken.None);
        var start = await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", null, receiptFirst: false, CancellationToken.None);

        Assert.Null(await other.BulkRunner.CancelAsync(ChangeBench.Kim, start.Run!.Id, CancellationToken.None));
        await bench.BulkRunner.IdleAsync();

        var run = bench.BulkBoard.Find(start.Run.Id)!;
        Assert.Equal("Kim stopped it.", run.Stopped);
        Assert.True(run.Count(BulkRowState.NotBegun) > 0);
        Assert.Equal(run.Rows.Count, run.Count(BulkRowState.NotBegun) + run.Count(BulkRowState.Succeeded));
        Assert.Equal(run.Count(BulkRowState.Succeeded), bench.Trail.Events.Count(static e => e.Action == AuditActions.ChangeIntent));
        Assert.NotNull(await bench.BulkRunner.CancelAsync(ChangeBench.Kim, start.Run.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Start_ReceiptFirst_ABadReceiptKeepsTheOthersFromBeginning()
    {
        await using var bench = await ChangeBench.StartAsync();
        var services = await ServicesAsync(bench, 4);
        bench.Verdicts.Set(services[0], new ChangeVerdict(IsBad: true, "Errors went from 0 % to 12 %."));
        var plan = await bench.BulkPlanner.PlanAsync(services, Affinity, null, CancellationToken.None);

        var start = await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", null, receiptFirst: true, CancellationToken.None);
        await bench.BulkRunner.IdleAsync();

        var run = bench.BulkBoard.Find(start.Run!.Id)!;
        Assert.Equal((1, 3), (run.Count(BulkRowState.Succeeded), run.Count(BulkRowState.NotBegun)));
        Assert.Contains("Errors went from 0 % to 12 %", run.Stopped, StringComparison.Ordinal);
        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Start_ReceiptFirst_AGoodReceiptLetsTheOthersBegin()
    {
        await using var bench = await ChangeBench.StartAsync();
        var services = await ServicesAsync(bench, 3);
        bench.Verdicts.Set(services[0], new ChangeVerdict(IsBad: false, "41 → 0 cold starts."));
        var plan = await bench.BulkPlanner.PlanAsync(services, Affinity, null, CancellationToken.None);

        var start = await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", null, receiptFirst: true, CancellationToken.None);
        await bench.BulkRunner.IdleAsync();

        Assert.Equal(3, bench.BulkBoard.Find(start.Run!.Id)!.Count(BulkRowState.Succeeded));
    }

    [Fact]
    public async Task Start_AServiceThatTakesASecondPerson_IsAskedForAndNotChanged()
    {
        await using var bench = await ChangeBench.StartAsync();
        var services = await ServicesAsync(bench, 2);
        await bench.PatchAsync(services[1], "labels", new { labels = new Dictionary<string, string> { [ApprovalPolicy.Label] = ApprovalPolicy.Required } });
        var plan = await bench.BulkPlanner.PlanAsync(services, Affinity, null, CancellationToken.None);
        Assert.Equal(1, plan.NeedApproval);

        var run = await ApplyAsync(bench, plan);

        Assert.Equal([BulkRowState.Succeeded, BulkRowState.Asked], run.Rows.Select(static r => r.State));
        var request = Assert.Single(await bench.Book.OfAsync(["acme-prod"], CancellationToken.None));
        Assert.Equal((run.Rows[1].ChangeId, services[1]), (request.Id, request.Resource));
        Assert.False((await bench.ReadAsync(services[1])).Template.SessionAffinity);
    }

    [Fact]
    public async Task Start_NotAllowedNoReasonNotConfirmedOrTrailDead_BeginsNothing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.BulkPlanner.PlanAsync(await ServicesAsync(bench, 2), new ScaleManually(0), null, CancellationToken.None);

        Assert.Contains("may not change", (await bench.BulkRunner.StartAsync(ChangeBench.Vera, plan, "because", plan.TypeToConfirm, false, CancellationToken.None)).Error, StringComparison.Ordinal);
        Assert.Contains("Give a reason", (await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "", plan.TypeToConfirm, false, CancellationToken.None)).Error, StringComparison.Ordinal);
        Assert.Contains("2 services go down", (await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", "yes", false, CancellationToken.None)).Error, StringComparison.Ordinal);
        bench.Trail.Dead = "away";
        Assert.Contains("could not be recorded", (await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", plan.TypeToConfirm, false, CancellationToken.None)).Error, StringComparison.Ordinal);
        bench.Trail.Dead = null;
        Assert.Empty(bench.Trail.Events);
    }

    [Fact]
    public async Task Settle_ConsoleStoppedInTheMiddle_SaysWhatWasNotBegun()
    {
        await using var bench = await ChangeBench.StartAsync();
        string id;
        await using (var dying = bench.Another(console: "console-9"))
        {
            var plan = await dying.BulkPlanner.PlanAsync(await ServicesAsync(bench, 3), Affinity, null, CancellationToken.None);
            await bench.FaultAsync(new { kind = "hang", method = "PATCH" });
            id = (await dying.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", null, receiptFirst: true, CancellationToken.None)).Run!.Id;
            while (!bench.Trail.Events.Any(static e => e.Action == AuditActions.ChangeIntent))
            {
                await Task.Delay(20);
            }

            // While it runs, it is its own.
            Assert.False(await bench.BulkRunner.SettleAsync(CancellationToken.None));
            Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeBulkOutcome);
        }

        await using var next = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()), "console-10");
        Assert.True(await next.BulkRunner.SettleAsync(CancellationToken.None));
        await next.Runner.SettleAsync(CancellationToken.None);
        await next.Runner.IdleAsync();
        await next.BulkRunner.SettleAsync(CancellationToken.None);

        var run = (await bench.BulkHistory.FindAsync(id, CancellationToken.None))!;
        Assert.True(run.IsOver);
        Assert.Equal([BulkRowState.Failed, BulkRowState.NotBegun, BulkRowState.NotBegun], run.Rows.Select(static r => r.State));
        Assert.Contains("stopped in the middle", run.Stopped, StringComparison.Ordinal);
    }

    private static async Task<BulkRun> ApplyAsync(ChangeBench bench, BulkPlan plan)
    {
        var start = await bench.BulkRunner.StartAsync(ChangeBench.Sam, plan, "because", plan.TypeToConfirm, receiptFirst: false, CancellationToken.None);
        Assert.Null(start.Error);
        await bench.BulkRunner.IdleAsync();
        return bench.BulkBoard.Find(start.Run!.Id)!;
    }

    // Those whose last deployment is in order, and that can take the change.
    private static async Task<IReadOnlyList<ResourceName>> ServicesAsync(ChangeBench bench, int count) =>
        [.. (await bench.CloudRun.ListServicesAsync("acme-prod", CancellationToken.None)).Items
            .Where(static s => s.State == ServiceState.Ready && !s.Template.SessionAffinity && !s.TrafficPinned && !s.Labels.ContainsKey(ApprovalPolicy.Label))
            .OrderBy(static s => s.Name.Value, StringComparer.Ordinal)
            .Select(static s => s.Name)
            .Take(count)];
}
