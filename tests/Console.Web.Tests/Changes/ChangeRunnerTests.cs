using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>A change from plan to outcome, before the simulated Cloud Run.</summary>
public sealed class ChangeRunnerTests
{
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Start_CpuAlways_RecordsFirstDeploysAndRecordsTheOutcome()
    {
        await using var bench = await ChangeBench.StartAsync();

        var run = await bench.ApplyAsync(Checkout, new SetCpuAllocation(true));

        Assert.Equal((ChangePhase.Succeeded, true), (run.Phase, run.OutcomeRecorded));
        var service = await bench.ReadAsync(Checkout);
        Assert.Equal(BillingMode.InstanceBased, service.Template.BillingMode);
        Assert.Equal(service.LatestReadyRevision, run.Revision);
        Assert.Equal(
            [(AuditActions.ChangeIntent, AuditOutcome.Unknown), (AuditActions.ChangeOutcome, AuditOutcome.Success)],
            bench.Trail.Events.Select(static e => (e.Action, e.Outcome)));
        var intent = bench.Trail.Events[0];
        Assert.Equal(("sam@acme.example", "because", Checkout.Value, "acme-prod"), (intent.Actor.Id, intent.Reason, intent.Resource!.Id, intent.Workspace));
        Assert.Equal("""{"template.containers[0].resources.cpuIdle":true}""", intent.Before!.Value.GetRawText());
    }

    [Fact]
    public async Task Start_TrailIsDead_ChangesNothing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetCpuAllocation(true));
        bench.Trail.Dead = "The database is gone.";

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);

        Assert.Contains("The database is gone.", Assert.IsType<ChangeError.NotRecorded>(start.Error).Message, StringComparison.Ordinal);
        Assert.Equal(plan.Etag, (await bench.ReadAsync(Checkout)).Etag);

        // The resource is free again.
        bench.Trail.Dead = null;
        Assert.True((await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None)).IsOk);
        await bench.Runner.IdleAsync();
    }

    [Fact]
    public async Task Start_NotAllowedOrWithoutReason_RecordsNothing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetCpuAllocation(true));
        var down = await bench.PlanAsync(Checkout, new ScaleManually(0));

        Assert.IsType<ChangeError.NotAllowed>((await bench.Runner.StartAsync(ChangeBench.Vera, plan, "because", null, CancellationToken.None)).Error);
        Assert.IsType<ChangeError.BadReason>((await bench.Runner.StartAsync(ChangeBench.Sam, plan, "  ", null, CancellationToken.None)).Error);
        Assert.IsType<ChangeError.NotConfirmed>((await bench.Runner.StartAsync(ChangeBench.Sam, down, "because", "check", CancellationToken.None)).Error);
        Assert.Empty(bench.Trail.Events);
    }

    [Fact]
    public async Task Start_Twice_IsOneChange()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));

        var first = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        var second = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        var other = await bench.Runner.StartAsync(ChangeBench.Kim, await bench.PlanAsync(Checkout, new SetConcurrency(9)), "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        Assert.Equal(first.Run!.Id, second.Run!.Id);
        Assert.Equal(first.Run.Id, Assert.IsType<ChangeError.UnderWay>(other.Error).Other.Id);
        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Start_TwoConsolesOnOneState_TheSecondChangesNothingAndSaysWho()
    {
        await using var bench = await ChangeBench.StartAsync();
        await using var other = bench.Another();
        var mine = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        var seen = (await other.Desk.PlanAsync(Checkout, new SetConcurrency(9), CancellationToken.None)).Input!.RawJson;
        var theirs = await other.PlanAsync(Checkout, new SetConcurrency(9));

        await bench.Runner.StartAsync(ChangeBench.Sam, mine, "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();
        var start = await other.Runner.StartAsync(ChangeBench.Kim, theirs, "because", null, CancellationToken.None);
        await other.Runner.IdleAsync();

        var run = other.Board.Find(start.Run!.Id)!;
        Assert.Equal((ChangePhase.Conflict, true), (run.Phase, run.OutcomeRecorded));
        Assert.Contains("Sam (Set concurrency to 7) changed checkout", run.Message, StringComparison.Ordinal);
        Assert.Equal(7, (await bench.ReadAsync(Checkout)).Template.MaxInstanceRequestConcurrency);

        var meanwhile = ChangeDesk.Compare(seen, (await bench.ReadAsync(Checkout)).RawJson);
        Assert.Equal(("template.maxInstanceRequestConcurrency", "7"), (Assert.Single(meanwhile.Settings).Path, meanwhile.Settings[0].After));
        Assert.NotEmpty(meanwhile.Modifier);
    }

    [Fact]
    public async Task Start_WhileAnotherConsoleIsAtIt_SendsNothingAndShowsTheOther()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 1);
        await using var other = bench.Another();
        var mine = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        var theirs = await other.PlanAsync(Checkout, new SetConcurrency(9));
        var generation = await bench.GenerationAsync(Checkout);

        var first = await bench.Runner.StartAsync(ChangeBench.Sam, mine, "because", null, CancellationToken.None);
        var second = await other.Runner.StartAsync(ChangeBench.Kim, theirs, "because", null, CancellationToken.None);

        var seen = Assert.IsType<ChangeError.UnderWay>(second.Error).Other;
        Assert.Equal((first.Run!.Id, "Sam"), (seen.Id, seen.ActorName));
        await bench.Runner.IdleAsync();
        await other.Runner.IdleAsync();

        // The other console's board shows how it ended.
        Assert.Equal((ChangePhase.Succeeded, true), (other.Board.Find(seen.Id)!.Phase, other.Board.Find(seen.Id)!.OutcomeRecorded));
        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Start_ManyConsolesAtOnceOnOneState_OneIntentAndOnePatch()
    {
        await using var bench = await ChangeBench.StartAsync();
        List<ChangeBench> consoles = [.. Enumerable.Range(0, 6).Select(i => bench.Another(console: $"console-{i}"))];
        var plans = await Task.WhenAll(consoles.Select((c, i) => c.PlanAsync(Checkout, new SetConcurrency(7 + i))));
        var generation = await bench.GenerationAsync(Checkout);

        var starts = await Task.WhenAll(consoles.Select((c, i) => c.Runner.StartAsync(ChangeBench.Kim, plans[i], "because", null, CancellationToken.None)));
        await Task.WhenAll(consoles.Select(static c => c.Runner.IdleAsync()));

        Assert.Single(starts, static s => s.IsOk);
        Assert.All(starts.Where(static s => !s.IsOk), static s => Assert.IsType<ChangeError.UnderWay>(s.Error));
        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
        foreach (var console in consoles)
        {
            await console.DisposeAsync();
        }
    }

    [Fact]
    public async Task SeeOthers_AChangeOfAnotherConsole_IsOnThisBoardToItsEnd()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 1);
        await using var other = bench.Another(new AheadTime(TimeSpan.FromSeconds(4)));
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, await bench.PlanAsync(Checkout, new SetConcurrency(7)), "because", null, CancellationToken.None);

        await other.Runner.SeeOthersAsync(CancellationToken.None);
        Assert.Equal(start.Run!.Id, Assert.Single(other.Board.All).Id);
        await bench.Runner.IdleAsync();
        await other.Runner.IdleAsync();

        Assert.Equal(ChangePhase.Succeeded, other.Board.Find(start.Run.Id)!.Phase);
        Assert.Equal(2, bench.Trail.Events.Count);
    }

    [Fact]
    public async Task Start_AgainAfterAFailureOnTheSameState_IsAnotherChange()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new { kind = "denied", method = "PATCH", permission = "run.services.update", times = 1 });

        var first = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();
        var second = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "once more", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        Assert.Equal((ChangePhase.Failed, ChangePhase.Succeeded), (bench.Board.Find(first.Run!.Id)!.Phase, bench.Board.Find(second.Run!.Id)!.Phase));
        Assert.NotEqual(first.Run.Id, second.Run.Id);
    }

    [Fact]
    public async Task Start_RevisionThatNeverGetsReady_SaysSoAndWhoGoesOnServing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var before = await bench.ReadAsync(Checkout);
        await bench.FaultAsync(new { kind = "operationFails", message = "The user-provided container failed to start." });

        var run = await bench.ApplyAsync(Checkout, new SetConcurrency(7));

        Assert.Equal(ChangePhase.Failed, run.Phase);
        Assert.Contains("The user-provided container failed to start.", run.Message, StringComparison.Ordinal);
        Assert.Contains($"{before.LatestReadyRevision} goes on serving", run.Message, StringComparison.Ordinal);
        Assert.Equal(AuditOutcome.Failure, bench.Trail.Events[^1].Outcome);
    }

    [Theory]
    [InlineData("status", 503)]
    [InlineData("status", 429)]
    [InlineData("html", 502)]
    public async Task Start_PatchRefusedForTheMoment_IsNotSentAgainAndNotApplied(string kind, int status)
    {
        await using var bench = await ChangeBench.StartAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new { kind, status, method = "PATCH", times = 1 });

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        var run = bench.Board.Find(start.Run!.Id)!;
        Assert.Equal(ChangePhase.Failed, run.Phase);
        Assert.Contains("never took", run.Message, StringComparison.Ordinal);
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
    }

    [Fact]
    public async Task Start_AnswerIsLost_SeesThatItTookAndAppliesItOnce()
    {
        await using var bench = await ChangeBench.StartAsync();
        var generation = await bench.GenerationAsync(Checkout);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new { kind = "lostAnswer", method = "PATCH", times = 1 });

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        var run = bench.Board.Find(start.Run!.Id)!;
        Assert.Equal(ChangePhase.Succeeded, run.Phase);
        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
        Assert.Equal((await bench.ReadAsync(Checkout)).LatestReadyRevision, run.Revision);
    }

    [Fact]
    public async Task Start_WithoutTheRightToPoll_FollowsTheServiceInstead()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.FaultAsync(new { kind = "denied", permission = "run.operations.get" });

        var run = await bench.ApplyAsync(Checkout, new SetConcurrency(7));

        Assert.Equal(ChangePhase.Succeeded, run.Phase);
        Assert.Contains(run.Steps, static s => s.Text.Contains("run.operations.get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithoutActAs_IsDeniedOnTheRecord()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        await bench.FaultAsync(new
        {
            kind = "denied",
            method = "PATCH",
            message = "Permission 'iam.serviceaccounts.actAs' denied on service account checkout@acme-prod.iam.gserviceaccount.com (or it may not exist).",
        });

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        var run = bench.Board.Find(start.Run!.Id)!;
        Assert.Equal((ChangePhase.Failed, true), (run.Phase, run.Denied));
        Assert.Contains("checkout@acme-prod.iam.gserviceaccount.com", run.Message, StringComparison.Ordinal);
        Assert.Equal(AuditOutcome.Denied, bench.Trail.Events[^1].Outcome);
    }

    [Fact]
    public async Task Start_DeletedMeanwhile_SaysSo()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        using var deleted = await bench.Http.DeleteAsync(new Uri($"v2/{Checkout.Value}", UriKind.Relative));
        await bench.UntilAsync(static service => !service.IsOk);

        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        Assert.Contains("does not exist, or was deleted", bench.Board.Find(start.Run!.Id)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OperationThatNeverEnds_IsLeftOpenForTheNextStart()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.FaultAsync(new { kind = "operationNeverEnds" });

        var run = await bench.ApplyAsync(Checkout, new SetConcurrency(7));

        Assert.Equal((ChangePhase.Unknown, true, false), (run.Phase, run.LeftOpen, run.OutcomeRecorded));
        Assert.Equal(run.Id, Assert.Single(await bench.History.OpenAsync("acme-prod", run.StartedAt, CancellationToken.None)).Id);
        Assert.Single(bench.Trail.Events);
    }

    [Fact]
    public async Task Settle_WhileTheConsoleThatHasItRuns_LeavesItToThat()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.FaultAsync(new { kind = "hang", method = "PATCH" });
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, await bench.PlanAsync(Checkout, new SetConcurrency(7)), "because", null, CancellationToken.None);

        // A clock on which every wait is over: however long it looked, it would have decided by now.
        await using var other = bench.Another(new SkippingTime(start.Run!.StartedAt.AddMinutes(2)));
        await other.Runner.SettleAsync(CancellationToken.None);

        Assert.Contains("Another console carries it out", Assert.Single(other.Board.All).Steps[0].Text, StringComparison.Ordinal);
        Assert.False(other.Board.All[0].IsOver);
    }

    [Fact]
    public async Task SeeOthers_TheConsoleThatHasItGoes_TakesItOverWithoutWaitingForTheLongestDeployment()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 3);
        await using var other = bench.Another(new AheadTime(TimeSpan.FromSeconds(4)));
        var generation = await bench.GenerationAsync(Checkout);
        string id;
        await using (var dying = bench.Another(console: "console-9"))
        {
            var start = await dying.Runner.StartAsync(ChangeBench.Sam, await bench.PlanAsync(Checkout, new SetConcurrency(7)), "because", null, CancellationToken.None);
            id = start.Run!.Id;
            await other.Runner.SeeOthersAsync(CancellationToken.None);
            await bench.UntilAsync(service => service.IsOk && service.Value.Generation > generation);
        }

        await other.Runner.IdleAsync();

        var run = Assert.Single(await other.History.OfAsync(Checkout, CancellationToken.None));
        Assert.Equal((id, ChangePhase.Succeeded, true), (run.Id, run.Phase, run.OutcomeRecorded));
        Assert.Equal(generation + 1, await bench.GenerationAsync(Checkout));
    }

    [Fact]
    public async Task Start_HeldUpAfterTheIntent_SendsNothingAndSaysSo()
    {
        await using var bench = await ChangeBench.StartAsync();
        await using var slow = bench.Another(sendWithin: TimeSpan.FromSeconds(-1));
        var generation = await bench.GenerationAsync(Checkout);

        var run = await slow.ApplyAsync(Checkout, new SetConcurrency(7));

        Assert.Equal((ChangePhase.Failed, true), (run.Phase, run.OutcomeRecorded));
        Assert.Contains("held up", run.Message, StringComparison.Ordinal);
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
    }

    [Fact]
    public async Task Start_RecordThatComesLongAfterItWasGivenUp_IsClosedAsThisConsolesOwn_AndNothingIsSent()
    {
        await using var bench = await ChangeBench.StartAsync();
        var time = new SkippingTime(TimeProvider.System.GetUtcNow());
        await using var console = bench.Another(time);
        var generation = await bench.GenerationAsync(Checkout);
        var plan = await console.PlanAsync(Checkout, new SetConcurrency(7));
        bench.Trail.IsLate = true;

        var start = await console.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);

        // It is looked for some times, two seconds apart, and committed after that.
        Assert.IsType<ChangeError.NotRecorded>(start.Error);
        bench.Trail.IsLate = false;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (time.Waits.Count(static w => w == TimeSpan.FromSeconds(2)) < 5)
        {
            await Task.Delay(10, patience.Token);
        }

        // After the time in which a change that cannot be seen may still be on its way, and before it is too old to be looked for.
        bench.Trail.Deliver();
        time.Advance(bench.Trail.Events[^1].Time + ChangeRules.Default.Grace + TimeSpan.FromSeconds(2) - time.GetUtcNow());
        await console.Runner.SeeOthersAsync(CancellationToken.None);
        while (!(await console.History.OfAsync(Checkout, CancellationToken.None)).All(static r => r.OutcomeRecorded))
        {
            await Task.Delay(10, patience.Token);
        }

        await console.Runner.IdleAsync();
        var run = Assert.Single(await console.History.OfAsync(Checkout, CancellationToken.None));
        Assert.Equal(ChangePhase.Failed, run.Phase);
        Assert.DoesNotContain(console.Board.Find(run.Id)!.Steps, static s => s.Text.Contains("Another console", StringComparison.Ordinal));
        Assert.Equal(generation, await bench.GenerationAsync(Checkout));
    }

    [Fact]
    public async Task Settle_KilledBetweenPatchAndOutcome_FindsThatItTook()
    {
        await using var bench = await ChangeBench.StartAsync();
        await StopAfterIntentAsync(bench, applied: true);
        var time = new SkippingTime(TimeProvider.System.GetUtcNow());
        await using var next = bench.Another(time);

        await next.Runner.SettleAsync(CancellationToken.None);
        await next.Runner.IdleAsync();

        var run = Assert.Single(await next.History.OfAsync(Checkout, CancellationToken.None));
        Assert.Equal((ChangePhase.Succeeded, true), (run.Phase, run.OutcomeRecorded));
        Assert.Equal(2, bench.Trail.Events.Count);
    }

    [Fact]
    public async Task Settle_KilledBeforeThePatch_FindsThatNothingWasChanged()
    {
        await using var bench = await ChangeBench.StartAsync();
        await StopAfterIntentAsync(bench, applied: false);
        await using var next = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));

        await next.Runner.SettleAsync(CancellationToken.None);
        await next.Runner.IdleAsync();

        var run = Assert.Single(await next.History.OfAsync(Checkout, CancellationToken.None));
        Assert.Equal(ChangePhase.Failed, run.Phase);
        Assert.Contains("never took", run.Message, StringComparison.Ordinal);

        // A third start has nothing left to do.
        await using var third = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));
        await third.Runner.SettleAsync(CancellationToken.None);
        Assert.Empty(third.Board.All);
    }

    [Fact]
    public async Task Outcome_WhileTheTrailIsAway_IsRecordedWhenItIsBack()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 0.5);
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        bench.Trail.Dead = "away";
        var over = new TaskCompletionSource();
        using var watch = bench.Board.Subscribe(run =>
        {
            if (run.IsOver)
            {
                over.TrySetResult();
            }
        });
        await over.Task;
        Assert.False(bench.Board.Find(start.Run!.Id)!.OutcomeRecorded);

        bench.Trail.Dead = null;
        await bench.Runner.IdleAsync();

        Assert.True(bench.Board.Find(start.Run.Id)!.OutcomeRecorded);
        Assert.Equal(2, bench.Trail.Events.Count);
    }

    [Fact]
    public async Task Undo_OfARecordedChange_BringsTheServiceBackAndIsAChangeOfItsOwn()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.ApplyAsync(Checkout, new SetCpuAllocation(true));

        // From the trail, as after a restart.
        var recorded = Assert.Single(await bench.History.OfAsync(Checkout, CancellationToken.None));
        var answer = await bench.Desk.PlanUndoAsync(recorded, CancellationToken.None);
        var start = await bench.Runner.StartAsync(ChangeBench.Kim, Assert.IsType<Planning.Ready>(answer.Planning).Plan, "not needed", null, CancellationToken.None);
        await bench.Runner.IdleAsync();

        Assert.Equal("Undo: Keep CPU allocated", start.Run!.Title);
        Assert.Equal(BillingMode.RequestBased, (await bench.ReadAsync(Checkout)).Template.BillingMode);
        Assert.Contains(recorded.Id, ChangeHistory.Undone(await bench.History.OfAsync(Checkout, CancellationToken.None)));

        var again = await bench.Desk.PlanUndoAsync(recorded, CancellationToken.None);
        Assert.Contains("was changed again", Assert.Single(Assert.IsType<Planning.Refused>(again.Planning).Refusals).Reason, StringComparison.Ordinal);
        Assert.Contains("Kim changed it since (Undo: Keep CPU allocated)", ((Planning.Refused)again.Planning).Refusals[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_BeyondTheQuota_ShowsTheApisWordsAtTheFieldAndTheNearest()
    {
        await using var bench = await ChangeBench.StartAsync();

        var answer = await bench.Desk.PlanAsync(Checkout, new Several([new SetResources("8", "4Gi"), new SetRevisionLimits(null, 200)]), CancellationToken.None);

        var refusal = Assert.Single(Assert.IsType<Planning.Refused>(answer.Planning).Refusals);
        Assert.True(refusal.FromApi);
        Assert.Equal("scaling.maxInstanceCount", refusal.Path);
        Assert.StartsWith("scaling.max_instance_count: Max instances must be set to 50", refusal.Reason, StringComparison.Ordinal);
        Assert.IsType<Planning.Ready>((await bench.Desk.PlanAsync(Checkout, refusal.Nearest!, CancellationToken.None)).Planning);
    }

    [Fact]
    public async Task Plan_WithoutDryRun_StandsOnTheOwnRulesAndSaysSo()
    {
        await using var bench = await ChangeBench.StartAsync();
        await bench.FaultAsync(new { kind = "status", status = 503, method = "PATCH" });

        var answer = await bench.Desk.PlanAsync(Checkout, new SetConcurrency(7), CancellationToken.None);

        Assert.IsType<Planning.Ready>(answer.Planning);
        Assert.IsType<CloudRunError.Unavailable>(answer.NotChecked);
    }

    [Fact]
    public async Task Start_WorkerPool_SetsItsInstances()
    {
        await using var bench = await ChangeBench.StartAsync();
        var pool = ResourceName.Parse("projects/acme-prod/locations/europe-west1/workerPools/queue-worker");

        var run = await bench.ApplyAsync(pool, new SetPoolInstances(3));

        Assert.Equal(ChangePhase.Succeeded, run.Phase);
        Assert.Equal(3, (await bench.CloudRun.GetWorkerPoolAsync(pool, CancellationToken.None)).Value!.ManualInstanceCount);
        Assert.Equal("run.worker_pool", bench.Trail.Events[0].Resource!.Type);
    }

    // What a killed console leaves: the intent on the record, and the PATCH sent or not.
    private static async Task StopAfterIntentAsync(ChangeBench bench, bool applied)
    {
        var plan = await bench.PlanAsync(Checkout, new SetConcurrency(7));
        if (!applied)
        {
            await bench.FaultAsync(new { kind = "hang", method = "PATCH" });
        }

        await using var dying = bench.Another();
        await dying.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        if (applied)
        {
            using var seen = new SemaphoreSlim(0);
            using var watch = dying.Board.Subscribe(_ => seen.Release());
            while (dying.Board.All[0].Phase == ChangePhase.Recorded)
            {
                await seen.WaitAsync();
            }

            await bench.UntilAsync(static service => service.IsOk && !service.Value.Reconciling);
        }
    }

    /// <summary>The real clock, some seconds ahead.</summary>
    private sealed class AheadTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
