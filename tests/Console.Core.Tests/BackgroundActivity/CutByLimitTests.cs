using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>An export of exactly 50 entries begins in the middle of its instances' lives.</summary>
public sealed class CutByLimitTests
{
    [Fact]
    public void Analyse_RoundNumberOfEntries_LinesBeforeTheFirstRequestAreUndecidedUnlessAStartIsSeen()
    {
        var (world, running, probed, booting) = World(50);

        var analysis = CorrelatorTests.Run(world);

        Assert.True(analysis.CutByLimit);
        Assert.Equal(EntryClass.Unattributed, analysis.Classes[running]);
        Assert.Equal(EntryClass.Startup, analysis.Classes[probed]);
        Assert.Equal(EntryClass.Startup, analysis.Classes[booting]);
        Assert.Contains("--limit", Assert.Single(InputRemarks.Of(analysis)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(49)]
    [InlineData(51)]
    public void Analyse_AnyOtherNumber_GoesByOrder(int entries)
    {
        var (world, running, _, _) = World(entries);

        var analysis = CorrelatorTests.Run(world);

        Assert.False(analysis.CutByLimit);
        Assert.Equal(EntryClass.Startup, analysis.Classes[running]);
        Assert.Empty(InputRemarks.Of(analysis));
    }

    private static (LogWorld World, int Running, int Probed, int Booting) World(int entries)
    {
        var world = new LogWorld();
        var running = world.Line("i1", 1, "step 4 of 9");
        world.Request("i1", 20, 1);
        var probed = world.Line("i2", 2, "opening the pool");
        world.Platform("i2", 3, PlatformMessage.StartupProbeSucceeded);
        world.Request("i2", 20, 1);
        var booting = world.Line("i3", 1, "INFO:     Started server process [1]");
        world.Request("i3", 20, 1);
        while (world.Entries.Count < entries)
        {
            world.Line("i1", 20.5);
        }

        return (world, running, probed, booting);
    }
}
