using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.BackgroundActivity.PerService;
using OpsConsole.Web.Controls;
using static OpsConsole.Web.Tests.BackgroundActivity.Worlds;

namespace OpsConsole.Web.Tests.BackgroundActivity.PerService;

public sealed class UndecidedLinesTests
{
    [Fact]
    public void Of_SeveralInFlight_NamesThemEarliestFirst()
    {
        var world = LateOrder();
        world.Line("i1", 13.125, "cache miss\nfor key 41");

        var row = Assert.Single(List(world).Rows);

        Assert.Equal((At(13.125), "i1", "cache miss\nfor key 41"), (row.At, row.Instance, row.Text));
        Assert.Equal(UndecidedReason.SeveralInFlight, row.Reason);
        Assert.Equal(["GET /slow 200", "GET /fast 200"], row.Candidates.Select(static candidate => candidate.Text));
        Assert.Equal([world.Requests[1].InsertId, world.Requests[2].InsertId], row.CandidateIds);
    }

    [Fact]
    public void Of_EveryReason_SaysWhichAndWhoMayBeMeant()
    {
        var world = new LogWorld();
        world.Request("crowded", 10, 5, LogWorld.Trace(1), route: "GET /a");
        world.Request("crowded", 11, 5, LogWorld.Trace(2), route: "GET /b");
        world.Line("crowded", 12, "crowd");
        world.Line(null, 12.5, "nowhere");
        world.Add(new WorldRequest { Instance = "open", At = 20, Trace = LogWorld.Trace(3), Route = "GET /c" });
        world.Line("open", 40, "open end");
        world.Line("unheard", 41, "unheard of");

        var rows = List(world).Rows.ToDictionary(static row => row.Text, static row => (row.Reason, row.CandidateCount));

        Assert.Equal((UndecidedReason.SeveralInFlight, 2), rows["crowd"]);
        Assert.Equal((UndecidedReason.NoInstance, 2), rows["nowhere"]);
        Assert.Equal((UndecidedReason.EndNotKnown, 1), rows["open end"]);
        Assert.Equal((UndecidedReason.NoRequestEntry, 0), rows["unheard of"]);
    }

    [Theory]
    [InlineData(false, false, 7, UndecidedReason.NoInstance)]
    [InlineData(true, false, 0, UndecidedReason.NoRequestEntry)]
    [InlineData(true, true, 2, UndecidedReason.SeveralInFlight)]
    [InlineData(true, true, 1, UndecidedReason.EndNotKnown)]
    [InlineData(true, true, 0, UndecidedReason.EndNotKnown)]
    public void ReasonOf_WhatIsKnown_IsOneReason(bool hasInstance, bool hasRequests, int candidates, UndecidedReason reason) =>
        Assert.Equal(reason, UndecidedLines.ReasonOf(hasInstance, hasRequests, candidates));

    [Fact]
    public void Of_ManyCandidates_NamesFiveAndCountsAll()
    {
        var world = new LogWorld();
        for (var i = 0; i < 120; i++)
        {
            world.Request("i1", 10 + (i * 0.001), 5, LogWorld.Trace(i), route: $"GET /{i}");
        }

        world.Line("i1", 12, "whose?");

        var row = Assert.Single(List(world).Rows);
        Assert.Equal((120, 100), (row.CandidateCount, row.CandidateIds.Count));
        Assert.Equal(["GET /0 200", "GET /1 200", "GET /2 200", "GET /3 200", "GET /4 200"], row.Candidates.Select(static candidate => candidate.Text));
    }

    [Fact]
    public void Of_MoreThanAreListed_ListsTheNewestWhereverTheyStand()
    {
        var world = Crowd();
        foreach (var i in Enumerable.Range(0, 1003).Reverse())
        {
            world.Line("i1", 20 + (i * 0.01), $"line {i}");
        }

        var lines = List(world);

        Assert.Equal((1000, 1000, 1003), (lines.Rows.Count, lines.Listed, lines.Total));
        Assert.Equal(("line 1002", "line 3"), (lines.Rows[0].Text, lines.Rows[^1].Text));
        Assert.Single(List(world, "text:=\"line 500\"").Rows);
        Assert.Empty(List(world, "text:=\"line 2\"").Rows);
    }

    [Theory]
    [InlineData("", "-time", "c,b,a")]
    [InlineData("", "time", "a,b,c")]
    [InlineData("", "-candidates", "b,c,a")]
    [InlineData("candidates:>2", "time", "b")]
    [InlineData("why:instance", "time", "b")]
    [InlineData("instance:i1", "time", "a,c")]
    [InlineData("/other", "time", "b")]
    public void Of_FilterAndOrder_AreThoseAskedFor(string filter, string sort, string texts)
    {
        var world = Crowd();
        world.Request("i2", 24, 20, LogWorld.Trace(3), route: "GET /other");
        world.Line("i1", 20, "a");
        world.Line(null, 25, "b");
        world.Line("i1", 30, "c");

        Assert.Equal(texts, string.Join(',', List(world, filter, sort).Rows.Select(static row => row.Text)));
    }

    [Fact]
    public void Of_ARequestInTheFilter_KeepsTheLinesThatItMayHaveWritten()
    {
        var world = LateOrder();
        world.Line("i1", 13.1, "both");
        world.Line(null, 14.9, "slow alone");
        var fast = world.Requests[2].InsertId;
        Assert.Equal("both", Assert.Single(List(world, $"request:={fast}").Rows).Text);
    }

    [Fact]
    public void Of_AnotherRevision_ListsNothing()
    {
        var world = Crowd();
        world.Line("i1", 20, "a");
        var lines = UndecidedLines.Of(Analyse(world), "", UndecidedLines.NewestFirst, static key => key.Revision == "checkout-00008-abc");
        Assert.Equal((0, 0, 0), (lines.Rows.Count, lines.Listed, lines.Total));
    }

    [Fact]
    public void Of_ALongTextWithEscapes_IsCleanedAndCut()
    {
        var world = Crowd();
        world.Line("i1", 20, "\u001b[31mred\u001b[0m " + new string('x', 5000));
        var text = Assert.Single(List(world).Rows).Text;
        Assert.StartsWith("red xxx", text, StringComparison.Ordinal);
        Assert.Equal(2001, text.Length);
    }

    [Fact]
    public void CandidatesOf_ManyLinesAtOnce_AreThoseOfEachLine()
    {
        var world = new LogWorld();
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var instance = random.Next(5) is var n and > 0 ? $"i{n}" : null;
            world.Request(instance, random.Next(60), random.NextDouble() * 5, LogWorld.Trace(i), route: $"GET /{i}");
            world.Line(random.Next(5) is var m and > 0 ? $"i{m}" : null, random.NextDouble() * 70, $"line {i}");
        }

        var analysis = Analyse(world);
        int[] lines = [.. Enumerable.Range(0, analysis.Classes.Length)];
        Assert.Equal(lines.Select(line => analysis.CandidatesOf(line, int.MaxValue)), analysis.CandidatesOf(lines));
        Assert.Contains(analysis.CandidatesOf(lines), static candidates => candidates.Count > 1);
        Assert.Empty(analysis.CandidatesOf([]));
    }

    // Two requests that hide whose lines are whose, for a minute.
    private static LogWorld Crowd()
    {
        var world = new LogWorld();
        world.Request("i1", 10, 60, LogWorld.Trace(1), route: "GET /one");
        world.Request("i1", 11, 60, LogWorld.Trace(2), route: "GET /two");
        return world;
    }

    private static UndecidedLines List(LogWorld world, string filter = "", string sort = "-time") =>
        UndecidedLines.Of(Analyse(world), filter, TableSort.Parse(sort, UndecidedLines.NewestFirst, UndecidedLines.SortKeys), static _ => true);
}
