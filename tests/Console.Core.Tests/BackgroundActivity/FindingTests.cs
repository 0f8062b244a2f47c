using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

public sealed class FindingTests
{
    [Fact]
    public void Findings_OneMessageInManyRequests_IsOneFindingWithItsProofs()
    {
        var world = new LogWorld();
        for (var i = 0; i < 30; i++)
        {
            world.Request("i1", i * 10, 0.1, LogWorld.Trace(i));
            world.Line("i1", (i * 10) + 1 + (i * 0.07), $"audit commit order={1000 + i} ok", LogWorld.Trace(i));
        }

        var finding = Assert.Single(CorrelatorTests.Run(world).Findings);

        Assert.Equal(("audit commit <*> ok", FindingKind.AfterResponse), (finding.Template, finding.Kind));
        Assert.Equal((30L, 30, 30), (finding.Entries, finding.Requests, finding.Lines.Count));
        Assert.Equal("audit commit order=1000 ok", finding.Example);
    }

    [Fact]
    public void Findings_CronInsideTheContainer_IsPeriodic()
    {
        var world = new LogWorld();
        world.Request("i1", 0, 0.1);
        world.Request("i1", 203, 0.1);
        for (var i = 1; i < 12; i++)
        {
            world.Line("i1", i * 30, "flushing metrics");
        }

        var finding = Assert.Single(CorrelatorTests.Run(world).Findings);

        Assert.Equal(FindingKind.Periodic, finding.Kind);
        Assert.Equal(30, finding.PeriodSeconds!.Value, 3);
    }

    [Fact]
    public void Findings_LateWorkOfAScheduledRequest_IsNotPeriodic()
    {
        var world = new LogWorld();
        for (var i = 0; i < 12; i++)
        {
            world.Request("i1", i * 60, 0.1);
            world.Line("i1", (i * 60) + 4 + (i % 3 * 0.7), "ingest done");
        }

        Assert.Equal(FindingKind.IdleInstance, Assert.Single(CorrelatorTests.Run(world).Findings).Kind);
    }

    [Fact]
    public void Findings_OneSecondSleepAfterEachResponse_IsHeldOpen()
    {
        var world = new LogWorld();
        var random = new Random(3);
        for (var i = 0; i < 12; i++)
        {
            var start = (i * 7) + random.NextDouble();
            world.Request("i1", start, 0.1);
            world.Line("i1", start + 1.1018 + (random.NextDouble() * 0.01), "cpu released");
        }

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal(FindingKind.HeldOpen, Assert.Single(analysis.Findings).Kind);
        Assert.True(Assert.Single(analysis.Revisions).HeldOpenPattern);
    }

    [Fact]
    public void Findings_Switch_LeavesTextsUnread()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.1);
        world.Line("i1", 4);

        Assert.Empty(CorrelatorTests.Run(world, new CorrelatorOptions { Findings = false }).Findings);
    }
}
