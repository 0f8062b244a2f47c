using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>Traffic moved in steps, before the simulated Cloud Run.</summary>
public sealed class MoveTests
{
    private static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    [Fact]
    public async Task Move_ThreeSteps_AreThreeRecordedPatchesWithWaitsBetween()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (old, fresh) = await PinnedAsync(bench);
        var time = new SkippingTime(TimeProvider.System.GetUtcNow());
        await using var console = bench.Another(time);

        var id = await BeginAsync(console, new MoveTraffic(fresh, [10, 50, 100], 600));
        await console.Mover.IdleAsync();

        var move = (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!;
        Assert.Equal(MoveState.Finished, move.State);
        Assert.All(move.Steps, static s => Assert.Equal(ChangePhase.Succeeded, s.Change!.Phase));
        Assert.Equal(3, bench.Trail.Events.Count(static e => e.Action == AuditActions.ChangeIntent));
        Assert.Equal(3, bench.Trail.Events.Count(static e => e.Action == AuditActions.ChangeOutcome));
        Assert.True(move.Steps[1].Change!.StartedAt - move.Steps[0].Change!.EndedAt >= TimeSpan.FromSeconds(599));
        Assert.Equal([(fresh, 100)], (await bench.ReadAsync(Checkout)).Serving);
        Assert.Equal(MoveAct.Finished, MoveEvents.Read(bench.Trail.Events[^1])!.Act);
        Assert.NotEqual(old, fresh);
    }

    [Fact]
    public async Task Move_RevisionHasErrors_StopsWhereItIsAndSaysWhy()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (old, fresh) = await PinnedAsync(bench);
        await using var console = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));
        console.Health.Bad = "12 of 40 requests failed.";

        var id = await BeginAsync(console, new MoveTraffic(fresh, [10, 100], 60));
        await console.Mover.IdleAsync();

        var move = (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!;
        Assert.Equal((MoveState.Stopped, true), (move.State, move.Message.Contains("12 of 40 requests failed.", StringComparison.Ordinal)));
        Assert.Equal([(old, 90), (fresh, 10)], (await bench.ReadAsync(Checkout)).Serving);
    }

    [Fact]
    public async Task Move_ABadReceipt_StopsIt()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (_, fresh) = await PinnedAsync(bench);
        await using var console = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));
        console.Verdicts.Set(Checkout, new ChangeVerdict(IsBad: true, "Errors went up."));

        var id = await BeginAsync(console, new MoveTraffic(fresh, [10, 100], 60));
        await console.Mover.IdleAsync();

        Assert.Contains("Errors went up", (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!.Message, StringComparison.Ordinal);
        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Move_AStepThatFails_StopsIt()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (_, fresh) = await PinnedAsync(bench);
        await using var console = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));
        var plan = await console.PlanAsync(Checkout, new MoveTraffic(fresh, [10, 100], 60));
        await bench.FaultAsync(new { kind = "denied", method = "PATCH", permission = "run.services.update" });

        var start = await console.Runner.StartAsync(ChangeBench.Sam, plan, "because", null, CancellationToken.None);
        await console.Mover.IdleAsync();

        var move = (await bench.Moves.FindAsync(Checkout, start.Run!.Id, CancellationToken.None))!;
        Assert.Equal((MoveState.Stopped, true), (move.State, move.IsRecorded));
        Assert.Contains("run.services.update", move.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_SomebodyChangesTheTraffic_StopsAndLeavesTheirs()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (old, fresh) = await PinnedAsync(bench);
        var id = await BeginAsync(bench, new MoveTraffic(fresh, [10, 100], 86_400));
        await bench.Runner.IdleAsync();
        await bench.PatchAsync(Checkout, "traffic", new { traffic = new[] { new { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision = old, percent = 100 } } });
        Assert.Null(await bench.Mover.PauseAsync(ChangeBench.Kim, Checkout, id, CancellationToken.None));
        await using var console = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()));

        Assert.Null(await console.Mover.ResumeAsync(ChangeBench.Kim, Checkout, id, CancellationToken.None));
        await console.Mover.IdleAsync();

        Assert.Contains("changed meanwhile", (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!.Message, StringComparison.Ordinal);
        Assert.Equal([(old, 100)], (await bench.ReadAsync(Checkout)).Serving);
    }

    [Fact]
    public async Task Pause_ResumeAndStop_FromAnotherConsoleCount()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (old, fresh) = await PinnedAsync(bench);
        await using var other = bench.Another();
        var id = await BeginAsync(bench, new MoveTraffic(fresh, [10, 50, 100], 86_400));
        await bench.Runner.IdleAsync();

        Assert.Null(await other.Mover.PauseAsync(ChangeBench.Kim, Checkout, id, CancellationToken.None));
        Assert.Equal((MoveState.Paused, "By Kim."), await StateAsync());
        Assert.NotNull(await other.Mover.PauseAsync(ChangeBench.Kim, Checkout, id, CancellationToken.None));
        Assert.Contains("may not change", await other.Mover.ResumeAsync(ChangeBench.Vera, Checkout, id, CancellationToken.None), StringComparison.Ordinal);
        Assert.Null(await other.Mover.StopAsync(ChangeBench.Kim, Checkout, id, CancellationToken.None));
        Assert.Equal((MoveState.Stopped, "By Kim."), await StateAsync());
        Assert.Equal([(old, 90), (fresh, 10)], (await bench.ReadAsync(Checkout)).Serving);

        async Task<(MoveState, string)> StateAsync()
        {
            var move = (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!;
            return (move.State, move.Message);
        }
    }

    [Fact]
    public async Task Settle_ConsoleHasGone_AnotherGoesOnFromTheRecordedStep()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (_, fresh) = await PinnedAsync(bench);
        var id = await BeginAndDieAsync(bench, new MoveTraffic(fresh, [10, 50, 100], 600), async () =>
        {
            // While it runs, it is its own, whoever starts beside it.
            Assert.False(await bench.Mover.SettleAsync(CancellationToken.None));
            Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeMove);
        });
        await using var other = bench.Another(new SkippingTime(TimeProvider.System.GetUtcNow()), console: "console-8");

        Assert.False(await other.Mover.SettleAsync(CancellationToken.None));
        Assert.False(await other.Mover.SettleAsync(CancellationToken.None));
        await other.Mover.IdleAsync();

        var move = (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!;
        Assert.Equal((MoveState.Finished, "console-8"), (move.State, move.Console));
        Assert.Equal([MoveAct.TakenOver, MoveAct.Finished], Acts(bench));
        Assert.Equal(3, bench.Trail.Events.Count(static e => e.Action == AuditActions.ChangeIntent));
        Assert.All(move.Steps, static s => Assert.Equal(ChangePhase.Succeeded, s.Change!.Phase));

        // The wait goes on where it was: who takes it over does not make it longer.
        Assert.InRange(move.Steps[1].Change!.StartedAt - move.Steps[0].Change!.EndedAt!.Value, TimeSpan.FromSeconds(599), TimeSpan.FromSeconds(660));
        Assert.Equal([(fresh, 100)], (await bench.ReadAsync(Checkout)).Serving);
    }

    [Theory]
    [InlineData("traffic", "the traffic is not as the step to 10 % left it")]
    [InlineData("revision", "there is a new revision since")]
    [InlineData("late", "no console was there to take it")]
    public async Task Settle_TheServiceIsAnotherOrTheStepLongOverdue_PausesAndSaysWhy(string what, string says)
    {
        await using var bench = await ChangeBench.StartAsync();
        var (old, fresh) = await PinnedAsync(bench);
        var id = await BeginAndDieAsync(bench, new MoveTraffic(fresh, [10, 50, 100], 600));
        await (what switch
        {
            "traffic" => bench.PatchAsync(Checkout, "traffic", new { traffic = new[] { new { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision = old, percent = 100 } } }),
            "revision" => bench.PatchAsync(Checkout, "template.timeout,template.revision", new { template = new { timeout = "88s" } }),
            _ => Task.CompletedTask,
        });
        await using var other = bench.Another(
            new SkippingTime(TimeProvider.System.GetUtcNow() + (what == "late" ? TimeSpan.FromMinutes(16) : TimeSpan.Zero)), console: "console-8");

        Assert.False(await other.Mover.SettleAsync(CancellationToken.None));
        Assert.False(await other.Mover.SettleAsync(CancellationToken.None));
        await other.Mover.IdleAsync();

        var move = (await bench.Moves.FindAsync(Checkout, id, CancellationToken.None))!;
        Assert.Equal(MoveState.Paused, move.State);
        Assert.Contains(says, move.Message, StringComparison.Ordinal);
        Assert.Equal([MoveAct.Paused], Acts(bench));
        Assert.Single(bench.Trail.Events, static e => e.Action == AuditActions.ChangeIntent);
    }

    [Fact]
    public async Task Settle_CloudRunCannotBeRead_LooksAgain()
    {
        await using var bench = await ChangeBench.StartAsync();
        var (_, fresh) = await PinnedAsync(bench);
        await BeginAndDieAsync(bench, new MoveTraffic(fresh, [10, 100], 86_400));
        await bench.FaultAsync(new { kind = "status", status = 503, path = $"/v2/{Checkout.Value}", method = "GET" });
        await using var other = bench.Another(console: "console-8");

        Assert.True(await other.Mover.SettleAsync(CancellationToken.None));
        Assert.DoesNotContain(bench.Trail.Events, static e => e.Action == AuditActions.ChangeMove);
    }

    [Theory]
    [InlineData(new[] { 50, 10 }, 600, "steps rise")]
    [InlineData(new int[0], 600, "steps rise")]
    [InlineData(new[] { 10, 101 }, 600, "steps rise")]
    [InlineData(new[] { 10, 100 }, 1, "10 s to 24 h")]
    public async Task Plan_StepsThatMakeNoSense_AreRefused(int[] steps, int wait, string reason)
    {
        await using var bench = await ChangeBench.StartAsync();
        var (_, fresh) = await PinnedAsync(bench);

        var answer = await bench.Desk.PlanAsync(Checkout, new MoveTraffic(fresh, steps, wait), CancellationToken.None);

        Assert.Contains(reason, Assert.IsType<Planning.Refused>(answer.Planning).Refusals[0].Reason, StringComparison.Ordinal);
    }

    private static IReadOnlyList<MoveAct> Acts(ChangeBench bench) =>
        [.. bench.Trail.Events.Where(static e => e.Action == AuditActions.ChangeMove).Select(static e => MoveEvents.Read(e)!.Act)];

    /// <summary>A console begins a move and ends after its first step.</summary>
    private static async Task<string> BeginAndDieAsync(ChangeBench bench, MoveTraffic move, Func<Task>? meanwhile = null)
    {
        await using var dying = bench.Another(console: "console-9");
        var id = await BeginAsync(dying, move);
        await dying.Runner.IdleAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        return id;
    }

    private static async Task<string> BeginAsync(ChangeBench bench, MoveTraffic move)
    {
        var start = await bench.Runner.StartAsync(ChangeBench.Sam, await bench.PlanAsync(Checkout, move), "because", null, CancellationToken.None);
        Assert.Null(start.Error);
        return start.Run!.Id;
    }

    /// <summary>All traffic on an old revision, and a new one that has none.</summary>
    private static async Task<(string Old, string Fresh)> PinnedAsync(ChangeBench bench)
    {
        var old = (await bench.ReadAsync(Checkout)).LatestReadyRevision;
        await bench.PatchAsync(Checkout, "traffic", new { traffic = new[] { new { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision = old, percent = 100 } } });
        await bench.PatchAsync(Checkout, "template.timeout,template.revision", new { template = new { timeout = "77s" } });
        return (old, (await bench.ReadAsync(Checkout)).LatestReadyRevision);
    }
}
