using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>Running a job and cancelling an execution, recorded and followed like a change.</summary>
public sealed class JobRunTests
{
    private static readonly ResourceName Job = ResourceName.Parse("projects/acme-prod/locations/us-central1/jobs/invoice-run");

    [Fact]
    public async Task Run_Ordinary_StartsOneExecutionOnTheRecord()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 30);
        var before = (await ExecutionsAsync(bench)).Count;

        var run = await bench.ApplyAsync(Job, new RunJob());

        Assert.Equal(ChangePhase.Succeeded, run.Phase);
        var executions = await ExecutionsAsync(bench);
        Assert.Equal(before + 1, executions.Count);
        Assert.Contains(executions, e => e.Name.Id == run.Revision);
        Assert.Equal(["run.change.intent", "run.change.outcome"], bench.Trail.Events.Select(static e => e.Action));
    }

    [Fact]
    public async Task Cancel_RunningExecution_EndsItOnTheRecord()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 30);
        var started = await bench.ApplyAsync(Job, new RunJob());

        var cancelled = await bench.ApplyAsync(Job, new CancelExecution(started.Revision));

        Assert.Equal(ChangePhase.Succeeded, cancelled.Phase);
        Assert.StartsWith("Cancelled.", cancelled.Message, StringComparison.Ordinal);
        Assert.NotNull((await ExecutionsAsync(bench)).Single(e => e.Name.Id == started.Revision).CompletionTime);
        Assert.Equal(4, bench.Trail.Events.Count);
    }

    [Fact]
    public async Task Cancel_EndedExecution_HasNothingToDo()
    {
        await using var bench = await ChangeBench.StartAsync();
        var ended = (await ExecutionsAsync(bench)).First(static e => e.CompletionTime is not null);

        var answer = await bench.Desk.PlanAsync(Job, new CancelExecution(ended.Name.Id), CancellationToken.None);

        Assert.IsType<Planning.Nothing>(answer.Planning);
    }

    [Fact]
    public async Task Cancel_UnknownExecution_IsRefused()
    {
        await using var bench = await ChangeBench.StartAsync();

        var answer = await bench.Desk.PlanAsync(Job, new CancelExecution("nothing"), CancellationToken.None);

        Assert.IsType<Planning.Refused>(answer.Planning);
    }

    [Fact]
    public async Task Run_AnswerLost_IsFoundAndNotSentTwice()
    {
        await using var bench = await ChangeBench.StartAsync(operationSeconds: 30);
        var before = (await ExecutionsAsync(bench)).Count;
        await bench.FaultAsync(new { kind = "lostAnswer", method = "POST", path = "/v2/projects/acme-prod/locations/us-central1/jobs", times = 1 });

        var run = await bench.ApplyAsync(Job, new RunJob());

        Assert.Equal(ChangePhase.Succeeded, run.Phase);
        Assert.Equal(before + 1, (await ExecutionsAsync(bench)).Count);
    }

    [Fact]
    public async Task Run_Denied_SaysWhichPermissionAndChangesNothing()
    {
        await using var bench = await ChangeBench.StartAsync();
        var before = (await ExecutionsAsync(bench)).Count;
        await bench.FaultAsync(new { kind = "denied", permission = "run.jobs.run" });

        var run = await bench.ApplyAsync(Job, new RunJob());

        Assert.Equal((ChangePhase.Failed, true), (run.Phase, run.Denied));
        Assert.Contains("run.jobs.run", run.Message, StringComparison.Ordinal);
        Assert.Equal(before, (await ExecutionsAsync(bench)).Count);
    }

    [Fact]
    public async Task Settle_KilledBeforeTheRunLeft_FindsThatNothingWasStarted()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(Job, new RunJob());
        await bench.FaultAsync(new { kind = "hang", method = "POST" });
        await using (var dying = bench.Another())
        {
            await dying.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        }

        await using var next = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));
        await next.Runner.SettleAsync(CancellationToken.None);
        await next.Runner.IdleAsync();

        var run = Assert.Single(await next.History.OfAsync(Job, CancellationToken.None));
        Assert.Equal(ChangePhase.Failed, run.Phase);
        Assert.Contains("never took", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_OfARun_IsRefusedWithAnExplanation()
    {
        await using var bench = await ChangeBench.StartAsync();
        var run = await bench.ApplyAsync(Job, new RunJob());

        var answer = await bench.Desk.PlanUndoAsync(run, CancellationToken.None);

        Assert.Contains("cannot be taken back", Assert.Single(Assert.IsType<Planning.Refused>(answer.Planning).Refusals).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ChangeOnItsWay_IsWaitedForAndNothingNewBegins()
    {
        await using var bench = await ChangeBench.StartAsync();
        var plan = await bench.PlanAsync(ChangeBench.Service("checkout"), new SetConcurrency(7));
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);

        await bench.Runner.StopAsync(CancellationToken.None);

        Assert.Equal(ChangePhase.Succeeded, bench.Board.Find(start.Run!.Id)!.Phase);
        Assert.True(bench.Board.Find(start.Run.Id)!.OutcomeRecorded);
        var late = await bench.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        Assert.IsType<ChangeError.Stopping>(late.Error);
    }

    private static async Task<IReadOnlyList<Execution>> ExecutionsAsync(ChangeBench bench) => (await bench.CloudRun.ListExecutionsAsync(Job, CancellationToken.None)).Items;
}
