using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>Probable requests by route: lines of one template that follow the same route each time.</summary>
public sealed class RouteEvidenceTests
{
    [Fact]
    public void Probable_TemplateThatFollowsOneRoute_NamesItsRequestsAmongOthers()
    {
        var world = Orders(out var orders, out _);
        var order = world.Request("i1", 1000, 0.1, route: "POST /orders/4711");
        world.Request("i1", 1000.5, 0.1, route: "GET /orders/81");
        var line = world.Line("i1", 1001.8, "mail sent 4711");

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal(EntryClass.IdleInstance, analysis.Classes[line]);
        Assert.Equal(order, analysis.ProbableRequestOf[line]);
        Assert.Equal(-1, analysis.RequestOf[line]);
        Assert.Equal(orders, analysis.ProbableRequestOf.Take(orders.Length));
    }

    [Fact]
    public void Probable_SwitchedOff_LeavesTheSimpleRule()
    {
        var world = Orders(out _, out var lines);

        var analysis = CorrelatorTests.Run(world, new CorrelatorOptions { ProbableByRoute = false });

        // The first was alone; the others have a request 20 s before them.
        Assert.All(lines[1..], line => Assert.Equal(-1, analysis.ProbableRequestOf[line]));
    }

    [Fact]
    public void Probable_TwoRequestsOfTheRouteAtOnce_NamesNone()
    {
        var world = Orders(out _, out _);
        world.Request("i1", 1000, 0.1, route: "POST /orders/1");
        world.Request("i1", 1000.3, 0.1, route: "POST /orders/2");
        var first = world.Line("i1", 1001.7, "mail sent 1");
        var second = world.Line("i1", 1001.9, "mail sent 2");

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal([-1, -1], [analysis.ProbableRequestOf[first], analysis.ProbableRequestOf[second]]);
    }

    [Fact]
    public void Probable_OneLineAfterTwoRequestsOfTheRoute_NamesNone()
    {
        var world = Orders(out _, out _);
        world.Request("i1", 1000, 0.1, route: "POST /orders/1");
        world.Request("i1", 1000.3, 0.1, route: "POST /orders/2");
        var line = world.Line("i1", 1001.9, "mail sent 1");

        Assert.Equal(-1, CorrelatorTests.Run(world).ProbableRequestOf[line]);
    }

    [Fact]
    public void Probable_LineThatComesAsOftenBeforeAsAfter_IsChance()
    {
        var world = new LogWorld();
        for (var i = 0; i < 9; i++)
        {
            world.Request("i1", i * 20, 0.1, route: "POST /orders");
            world.Line("i1", (i * 20) + 0.6, "cache evicted");
            world.Line("i1", (i * 20) + 19.6, "cache evicted");
        }

        // Where requests come each second, all lines are shortly after one.
        var busy = new List<int>();
        for (var i = 0; i < 200; i++)
        {
            world.Request("i2", i, 0.1, route: "POST /orders");
            busy.Add(world.Line("i2", i + 0.6, "cache evicted"));
        }

        var analysis = CorrelatorTests.Run(world);

        // The first has nothing before it, and is named by the simple rule.
        Assert.All(busy[1..], line => Assert.Equal(-1, analysis.ProbableRequestOf[line]));
    }

    [Fact]
    public void Probable_TwoRoutesThatFitEqually_NamesNone()
    {
        var world = new LogWorld();
        for (var i = 0; i < 20; i++)
        {
            world.Request("i1", i * 30, 0.1, route: "POST /orders");
            world.Request("i1", (i * 30) + 0.3, 0.1, route: "POST /payments");
            world.Line("i1", (i * 30) + 1.5 + (i % 7 * 0.13), "mail sent");
        }

        Assert.All(CorrelatorTests.Run(world).ProbableRequestOf, request => Assert.Equal(-1, request));
    }

    [Fact]
    public void Probable_LineThatComesWhenItLikes_IsNotNamedByRoute()
    {
        var world = new LogWorld();
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            world.Request("i1", i * 12, 0.1, route: "POST /orders");
        }

        for (var at = 0.7; at < 480; at += 0.3 + (random.NextDouble() * 3))
        {
            world.Line("i1", at, "cache evicted");
        }

        Assert.Equal(
            CorrelatorTests.Run(world, new CorrelatorOptions { ProbableByRoute = false }).ProbableRequestOf,
            CorrelatorTests.Run(world).ProbableRequestOf);
    }

    [Fact]
    public void Probable_PeriodicWork_HasNone()
    {
        var world = new LogWorld();
        world.Request("i1", 0, 0.1);
        world.Request("i1", 203, 0.1);
        for (var i = 1; i < 12; i++)
        {
            world.Line("i1", i * 30, "flushing metrics");
        }

        Assert.All(CorrelatorTests.Run(world).ProbableRequestOf, request => Assert.Equal(-1, request));
        Assert.NotEqual(-1, CorrelatorTests.Run(world, new CorrelatorOptions { ProbableByRoute = false }).ProbableRequestOf[0]);
    }

    [Fact]
    public void Probable_HeldOpen_IsToldApartByItsDelay()
    {
        var world = new LogWorld();
        for (var i = 0; i < 12; i++)
        {
            world.Request("i1", i * 20, 0.1);
            world.Line("i1", (i * 20) + 1.1018 + (i % 5 * 0.002), "cpu released");
        }

        var first = world.Request("i1", 1000, 0.1);
        var second = world.Request("i1", 1000.5, 0.1);
        var lines = new[] { world.Line("i1", 1001.105, "cpu released"), world.Line("i1", 1001.605, "cpu released") };

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal(FindingKind.HeldOpen, Assert.Single(analysis.Findings).Kind);
        Assert.Equal([first, second], lines.Select(line => analysis.ProbableRequestOf[line]));
    }

    [Fact]
    public void Probable_SeveralLinesPerRequest_AreAllNamedAndOneTooManyNone()
    {
        var world = new LogWorld();
        for (var i = 0; i < 12; i++)
        {
            world.Request("i1", i * 20, 0.1);
            world.Line("i1", (i * 20) + 1.1 + (i % 5 * 0.07), "page 1 rendered");
            world.Line("i1", (i * 20) + 2.1 + (i % 5 * 0.07), "page 2 rendered");
        }

        world.Line("i1", 221.5, "page 3 rendered");

        var analysis = CorrelatorTests.Run(world);

        Assert.Equal(Enumerable.Range(0, 11).SelectMany(i => new[] { i, i }), analysis.ProbableRequestOf.Take(22));
        Assert.Equal([-1, -1, -1], analysis.ProbableRequestOf.Skip(22));
    }

    [Fact]
    public void Probable_AnyOrderAndThreads_IsTheSameAndClassesStay()
    {
        var world = Orders(out _, out _);
        var random = new Random(11);
        for (var i = 0; i < 30; i++)
        {
            world.Request("i2", i * 9, 0.1, route: random.Next(2) == 0 ? $"POST /orders/{i}" : "GET /");
            world.Line("i2", (i * 9) + 1.3 + random.NextDouble(), $"mail sent {i}");
        }

        var expected = Names(world, 1, true);
        Assert.Equal(Classes(world, true), Classes(world, false));
        for (var i = 0; i < 20; i++)
        {
            var order = Enumerable.Range(0, world.Entries.Count).ToArray();
            random.Shuffle(order);
            var shuffled = world.Reordered(order, files: 3, random);
            Assert.Equal(expected, Names(shuffled, 1 + (i % 3), true));
            Assert.Equal(Classes(world, true), Classes(shuffled, true));
        }
    }

    /// <summary>Twelve orders with ids, each followed by a mail after 1.2 to 2 s; reads of orders that are followed by nothing.</summary>
    private static LogWorld Orders(out int[] orders, out int[] lines)
    {
        var world = new LogWorld();
        var requests = new List<int>();
        var mails = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            requests.Add(world.Request("i1", i * 40, 0.1, route: $"POST /orders/{i}"));
            mails.Add(world.Line("i1", (i * 40) + 1.3 + (i % 5 * 0.2), $"mail sent {i}"));
            world.Request("i1", (i * 40) + 20, 0.1, route: $"GET /orders/{i}");
        }

        (orders, lines) = ([.. requests], [.. mails]);
        return world;
    }

    private static List<string> Names(LogWorld world, int threads, bool byRoute)
    {
        using var table = world.ToTable();
        var analysis = Correlator.Analyse(table, new CorrelatorOptions { Threads = threads, ProbableByRoute = byRoute }, CancellationToken.None);
        return [.. Enumerable.Range(0, world.Lines.Count)
            .Select(i => $"{world.Lines[i].At} {world.Lines[i].Text} {(analysis.ProbableRequestOf[i] < 0 ? "-" : world.Requests[analysis.ProbableRequestOf[i]].At)}")
            .Order(StringComparer.Ordinal)];
    }

    private static List<string> Classes(LogWorld world, bool byRoute)
    {
        using var table = world.ToTable();
        var analysis = Correlator.Analyse(table, new CorrelatorOptions { ProbableByRoute = byRoute }, CancellationToken.None);
        return [.. Enumerable.Range(0, world.Lines.Count)
            .Select(i => $"{world.Lines[i].At} {world.Lines[i].Text} {analysis.Classes[i]}").Order(StringComparer.Ordinal)];
    }
}
