using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

public sealed class VerdictTests
{
    [Theory]
    [InlineData(BillingMode.RequestBased, Verdict.AtRisk)]
    [InlineData(BillingMode.InstanceBased, Verdict.HasCpu)]
    public void Verdict_BackgroundActivity_FollowsTheBilling(BillingMode billing, Verdict expected)
    {
        Assert.Equal(expected, Judge(Late(), billing).Verdict);
    }

    [Fact]
    public void Verdict_BackgroundActivityAndUnknownSettings_CannotTellAndSaysWhy()
    {
        var summary = Judge(Late(), null);

        Assert.Equal(Verdict.CannotTell, summary.Verdict);
        Assert.Contains("setting", summary.VerdictReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_NothingAfterResponses_IsQuiet()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        world.Line("i1", 1.5);

        Assert.Equal(Verdict.Quiet, Judge(world, BillingMode.RequestBased).Verdict);
    }

    [Fact]
    public void Verdict_MostlyUndecidedLines_CannotTell()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 5);
        world.Request("i1", 1, 5);
        world.Line("i1", 2);

        Assert.Equal(Verdict.CannotTell, Judge(world, BillingMode.RequestBased).Verdict);
    }

    [Fact]
    public void Verdict_LinesInOneSlotOfEach100Ms_AreTakenForThrottledCpu()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.1, LogWorld.Trace(1));
        var random = new Random(1);
        var slot = 20;
        for (var i = 0; i < 40; i++)
        {
            slot += random.Next(1, 9);
            world.Line("i1", (slot * 0.1) + 0.031 + (random.NextDouble() * 0.004), trace: LogWorld.Trace(1));
        }

        var summary = Judge(world, null);

        Assert.True(summary.ThrottleFingerprint);
        Assert.Equal(Verdict.AtRisk, summary.Verdict);
    }

    [Fact]
    public void Verdict_LinesAtRandomTimesOrOnATimer_AreNoFingerprint()
    {
        var random = new LogWorld();
        var timer = new LogWorld();
        random.Request("i1", 1, 0.1, LogWorld.Trace(1));
        timer.Request("i1", 1, 0.1, LogWorld.Trace(1));
        var chance = new Random(2);
        for (var i = 0; i < 60; i++)
        {
            random.Line("i1", 2 + (chance.NextDouble() * 60), trace: LogWorld.Trace(1));
            timer.Line("i1", 2 + i, trace: LogWorld.Trace(1));
        }

        Assert.False(Judge(random, null).ThrottleFingerprint);
        Assert.False(Judge(timer, null).ThrottleFingerprint);
    }

    [Fact]
    public void Verdict_InstanceGoneBeforeTheHabitualEnd_IsProbablyLost()
    {
        var world = new LogWorld();
        for (var i = 0; i < 10; i++)
        {
            world.Request("i1", i * 20, 0.1, LogWorld.Trace(i));
            world.Line("i1", (i * 20) + 1, "audit begin", LogWorld.Trace(i));
            world.Line("i1", (i * 20) + 2, "audit commit", LogWorld.Trace(i));
        }

        world.Request("i2", 5, 0.1, LogWorld.Trace(50));
        world.Line("i2", 6, "audit begin", LogWorld.Trace(50));

        var summary = Judge(world, BillingMode.RequestBased);

        Assert.Equal(1, summary.ProbablyLost);
        Assert.Contains("probably lost", summary.VerdictReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(9, 0)]
    public void Verdict_WorkThatUsuallyWaitsForTwoMoreRequests_IsLostWhenNoMoreThanThoseCame(int more, int lost)
    {
        // Each piece of work is done while the second request after its own is served.
        var world = new LogWorld();
        for (var i = 0; i < 40; i++)
        {
            world.Request("i1", i * 20, 0.1, LogWorld.Trace(i), route: "POST /orders");
            world.Request("i1", (i * 20) + 5, 0.1);
            world.Request("i1", (i * 20) + 10, 0.1);
            world.Line("i1", (i * 20) + 10.05, "audit commit", LogWorld.Trace(i));
        }

        world.Request("i2", 5, 0.1, LogWorld.Trace(50), route: "POST /orders");
        for (var i = 0; i < more; i++)
        {
            world.Request("i2", 8 + (3 * i), 0.1);
        }

        Assert.Equal(lost, Judge(world, BillingMode.RequestBased).ProbablyLost);
    }

    private static LogWorld Late()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.1, LogWorld.Trace(1));
        world.Line("i1", 4, trace: LogWorld.Trace(1));
        return world;
    }

    private static RevisionSummary Judge(LogWorld world, BillingMode? billing) => Assert.Single(
        CorrelatorTests.Run(world, billing is { } known ? CorrelatorTests.Settings(known) : new CorrelatorOptions()).Revisions);
}
