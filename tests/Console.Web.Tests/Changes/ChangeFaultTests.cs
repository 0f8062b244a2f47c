using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>What goes wrong on the way, before the simulated Cloud Run: nothing is lost, and nothing is applied twice.</summary>
public sealed class ChangeFaultTests
{
    private const string ActAs = "Permission 'iam.serviceaccounts.actAs' denied on service account checkout@acme-prod.iam.gserviceaccount.com (or it may not exist).";
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Plan_WithoutActAs_SaysWhichPermissionOnWhichAccount()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.FaultAsync(new { kind = "denied", method = "PATCH", message = ActAs });

        var answer = await bench.Desk.PlanAsync(Checkout, new SetConcurrency(7), CancellationToken.None);

        var refusal = Assert.Single(Assert.IsType<Planning.Refused>(answer.Planning).Refusals);
        Assert.Contains("iam.serviceAccounts.actAs is missing on checkout@acme-prod.iam.gserviceaccount.com", refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RevisionNameIsTaken_IsTheOther409AndChangesNothing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new { kind = "status", status = 409, method = "PATCH", message = "Revision named 'checkout-00002-ruh' with different configuration already exists." });

        var run = await RunAsync(bench, plan);

        Assert.Equal((ChangePhase.Failed, true), (run.Phase, run.OutcomeRecorded));
        Assert.Contains("Nothing was changed. Revision named 'checkout-00002-ruh'", run.Message, StringComparison.Ordinal);
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
    }

    [Theory]
    [InlineData("status", 500)]
    [InlineData("brokenJson", 200)]
    [InlineData("hang", 0)]
    public async Task Start_PatchWithoutAClearAnswer_IsLookedIntoAndNeverSentAgain(string kind, int status)
    {
        await using var bench = await ChangeBench.StartAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new { kind, status, method = "PATCH", times = 1 });

        var run = await RunAsync(bench, plan);

        Assert.Equal(ChangePhase.Failed, run.Phase);
        Assert.Contains("never took", run.Message, StringComparison.Ordinal);
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
    }

    [Fact]
    public async Task Start_PollingFailsForAWhile_IsFollowedToItsEnd()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 0.5);
        await bench.FaultAsync(new { kind = "status", status = 503, path = "/v2/projects/acme-prod/locations/europe-west1/operations", times = 2 });

        var run = await bench.ApplyAsync(Checkout, new SetConcurrency(7));

        Assert.Equal((ChangePhase.Succeeded, true), (run.Phase, run.OutcomeRecorded));
    }

    [Fact]
    public async Task Start_TrafficIsPinned_SaysThatItIsDoneAndNotInEffect()
    {
        await using var bench = await ChangeBench.StartAsync();
        var serving = (await bench.ReadAsync(Checkout)).LatestReadyRevision.Split('/')[^1];
        await bench.ApplyAsync(Checkout, new RouteToRevision(serving));

        var run = await bench.ApplyAsync(Checkout, new SetConcurrency(7));

        Assert.Equal(ChangePhase.Succeeded, run.Phase);
        Assert.Contains($"not in effect: the revision {run.Revision} serves nothing, because traffic is pinned (100 % to {serving})", run.Message, StringComparison.Ordinal);

        await bench.FaultAsync(new { kind = "operationFails", message = "The container failed to start." });
        var failed = await bench.ApplyAsync(Checkout, new SetConcurrency(8));
        Assert.EndsWith($"Traffic stays where it is: 100 % to {serving}.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DeletedWhileItIsDeployed_SaysSo()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 1);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        while (bench.Board.Find(start.Run!.Id)!.Phase == ChangePhase.Recorded)
        {
            await Task.Delay(20);
        }

        using var deleted = await bench.Http.DeleteAsync(new Uri($"v2/{Checkout.Value}", UriKind.Relative));
        await bench.Runner.IdleAsync();

        Assert.Contains("deleted", bench.Board.Find(start.Run.Id)!.Message, StringComparison.Ordinal);
        Assert.True(bench.Board.Find(start.Run.Id)!.OutcomeRecorded);
    }

    [Fact]
    public async Task Start_TheBrowserIsGone_TheChangeGoesOn()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 0.5);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        using var page = new CancellationTokenSource();

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, page.Token);
        await page.CancelAsync();
        await bench.Runner.IdleAsync();

        Assert.Equal((ChangePhase.Succeeded, true), (bench.Board.Find(start.Run!.Id)!.Phase, bench.Board.Find(start.Run.Id)!.OutcomeRecorded));
    }

    [Fact]
    public async Task Start_TheBrowserIsGoneBefore_NothingIsRecordedOrSent()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        using var page = new CancellationTokenSource();
        await page.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, page.Token));

        Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);

        // The service is free again.
        Assert.Equal(ChangePhase.Succeeded, (await RunAsync(bench, plan)).Phase);
    }

    private static async Task<ChangeRun> RunAsync(ChangeBench bench, Plan plan)
    {
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        Assert.Null(start.Error);
        await bench.Runner.IdleAsync();
        return bench.Board.Find(start.Run!.Id)!;
    }
}
