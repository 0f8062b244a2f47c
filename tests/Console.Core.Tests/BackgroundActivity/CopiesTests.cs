using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>An entry that stands in one file twice counts once, wherever its copy stands.</summary>
public sealed class CopiesTests
{
    [Fact]
    public void Analyse_EveryEntryTwice_GivesWhatOnceGives()
    {
        var once = World();
        var twice = World();
        foreach (var entry in once.Entries.Reverse())
        {
            if (entry is WorldRequest request)
            {
                twice.Add(request);
            }
            else
            {
                twice.Add((WorldLine)entry);
            }
        }

        var expected = CorrelatorTests.Run(once);
        var analysis = CorrelatorTests.Run(twice);

        Assert.Equal(expected.Revisions, analysis.Revisions);
        Assert.Equal(expected.Classes, analysis.Classes);
        Assert.Equal(Requests(expected), Requests(analysis));
        Assert.Equal(once.Entries.Count, analysis.Table.Input.Duplicates);
        Assert.Equal(2, analysis.Table.Requests.Count);
    }

    [Fact]
    public void Analyse_RequestTwice_LeavesItsLinesDecided()
    {
        var world = new LogWorld();
        var request = world.Request("i1", 1, 1);
        world.Add(world.Requests[request]);
        var line = world.Line("i1", 1.5);

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal((EntryClass.InRequest, request), (analysis.Classes[line], analysis.RequestOf[line]));
    }

    [Fact]
    public void Analyse_SameMomentAndOtherId_StaysTwoEntries()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        for (var i = 0; i < 40; i++)
        {
            world.Line("i1", 5);
            world.Line(null, 5);
        }

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal(0, analysis.Table.Input.Duplicates);
        Assert.Equal(80, analysis.Classes.Length);
    }

    private static LogWorld World()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1, LogWorld.Trace(1));
        world.Add(new WorldRequest { At = 1, Latency = 0, Written = 2, Received = 2.1, Status = 429, Text = "The request was aborted because there was no available instance." });
        world.Line("i1", 1.5);
        world.Line("i1", 4, trace: LogWorld.Trace(1));
        world.Line("i1", 9);
        world.Line(null, 9);
        world.Add(new WorldLine { Instance = "i1", At = 10, InsertId = "-6d3rvzdv4fy" });
        return world;
    }

    private static List<int> Requests(Analysis analysis) => [.. Enumerable.Range(0, analysis.Classes.Length).Select(line => analysis.RequestOf[line])];
}
