using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>The engine equals the brute-force oracle on random small worlds, in any input order and any split into files.</summary>
public sealed class OracleTests
{
    private static readonly string?[] Instances = ["i1", "i1", "i1", "i2", null];
    private static readonly string[] Routes = ["GET /a", "POST /b"];

    [Fact]
    public void Analyse_AnyWorldOrderAndSplit_EqualsOracle()
    {
        var worlds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(worlds, seed => Compare(seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }

    [Fact]
    public void Probable_AnyWorldOfLateLinesAndOrder_EqualsOracle()
    {
        var named = 0;
        var worlds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(worlds, seed =>
        {
            var random = new Random(seed);
            var world = LateWorld(random);
            var expected = Probables(world, new Oracle(world, 0.020, 0.050).Probable);
            Assert.Equal(expected, Probables(world));
            Assert.Equal(expected, Probables(world.Reordered(Shuffle(random, world.Entries.Count), files: 1 + random.Next(3), random)));
            named += expected.Count(text => !text.EndsWith(' '));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Assert.True(named > 200, $"The worlds have too little to name: {named} lines.");
    }

    private static List<string> Probables(LogWorld world, Func<WorldLine, string?> judge) =>
        [.. world.Lines.Select(line => $"{line.InsertId} {judge(line)}").Order(StringComparer.Ordinal)];

    private static List<string> Probables(LogWorld world)
    {
        using var table = world.ToTable();
        var options = new CorrelatorOptions { ProbableByRoute = false, Tolerance = null, RequestTimestamp = RequestTimestamp.Start };
        var analysis = Correlator.Analyse(table, options, CancellationToken.None);
        return [.. Enumerable.Range(0, world.Lines.Count)
            .Select(i => $"{world.Lines[i].InsertId} {(analysis.ProbableRequestOf[i] is var r and >= 0 ? world.Requests[r].InsertId : null)}")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Some minutes of two instances, with lines after requests and now and then one that comes when it likes. Shorter than the
    /// 14 minutes from which on silence means a stop, which the oracle leaves out.
    /// </summary>
    private static LogWorld LateWorld(Random random)
    {
        var world = new LogWorld();
        var pause = random.Next(5, 120);
        var tail = random.Next(2) == 0 ? 3 : 40;
        foreach (var instance in (string[])["i1", "i2"])
        {
            for (var at = 1.001; at < 600; at += 0.5 + Grid(random, 2 * pause))
            {
                world.Request(instance, at, 0.102);
                for (var line = random.Next(3); line > 0; line--)
                {
                    world.Line(instance, at + 0.2004 + Grid(random, tail));
                }
            }

            for (var line = random.Next(3); line > 0; line--)
            {
                world.Line(instance, 1.5004 + Grid(random, 600));
            }
        }

        return world;
    }

    private static void Compare(int seed)
    {
        var random = new Random(seed);
        var world = RandomWorld(random);
        var forced = random.Next(2) == 0 ? (TimeSpan?)null : TimeSpan.FromMilliseconds(random.Next(0, 200));
        using var table = world.ToTable();
        var analysis = Correlator.Analyse(table, new CorrelatorOptions { Tolerance = forced, RequestTimestamp = RequestTimestamp.Start, Threads = 1 + random.Next(3) }, CancellationToken.None);
        var expected = Expected(world, forced);
        Assert.Equal(expected, Actual(world, analysis));

        var shuffled = world.Reordered(Shuffle(random, world.Entries.Count), files: 1 + random.Next(3), random);
        using var shuffledTable = shuffled.ToTable();
        var again = Correlator.Analyse(shuffledTable, new CorrelatorOptions { Tolerance = forced, RequestTimestamp = RequestTimestamp.Start, Threads = 1 }, CancellationToken.None);
        Assert.Equal(expected, Actual(shuffled, again));
        Assert.Equal(Summary(analysis), Summary(again));
    }

    private static string Summary(Analysis analysis) => string.Join('\n', analysis.Revisions) + string.Join('\n', analysis.Findings.Select(f => f with { Lines = [] }));

    private static string Expected(LogWorld world, TimeSpan? forced)
    {
        var oracle = new Oracle(world, forced?.TotalSeconds ?? 0.020, forced?.TotalSeconds ?? 0.050);
        return Text(world, i => oracle.Judge(world.Lines[i]));
    }

    private static string Actual(LogWorld world, Analysis analysis) => Text(world, i => (
        analysis.Classes[i],
        analysis.RequestOf[i] < 0 ? null : world.Requests[analysis.RequestOf[i]].InsertId));

    private static string Text(LogWorld world, Func<int, (EntryClass Class, string? Request)> judge) => string.Join(
        '\n',
        Enumerable.Range(0, world.Lines.Count)
            .Select(i => $"{world.Lines[i].InsertId} {judge(i).Class} {judge(i).Request}")
            .Order(StringComparer.Ordinal));

    /// <summary>
    /// Times lie on a grid of 3 ms plus 1 ms, so that no comparison of the rules (10, 12, 20, 50 … ms) ever meets equality
    /// by accident of rounding.
    /// </summary>
    private static LogWorld RandomWorld(Random random)
    {
        var world = new LogWorld();
        var requests = random.Next(0, 7);
        for (var i = 0; i < requests; i++)
        {
            var at = Grid(random, 12);
            var latency = random.Next(8) == 0 ? (double?)null : Grid(random, random.Next(3) == 0 ? 2 : 0.3);
            double? written = random.Next(4) == 0 ? null : at + (latency ?? 0) + (random.Next(5) == 0 ? Grid(random, 2) : 0.0018);
            if (latency is null && written is null)
            {
                written = at + 0.1;
            }

            world.Add(new WorldRequest
            {
                At = at,
                Latency = latency,
                Written = written,
                Received = random.Next(4) == 0 ? null : Math.Max(written ?? 0, at + (latency ?? 0)) + 0.2 - (latency is not null && random.Next(6) == 0 ? 0.21 : 0),
                Instance = Instances[random.Next(Instances.Length)],
                Trace = random.Next(3) == 0 ? null : LogWorld.Trace(random.Next(3)),
                Span = (ulong)random.Next(4),
                Route = Routes[random.Next(2)],
                Text = random.Next(8) == 0 ? "The request was aborted because there was no available instance." : null,
            });
        }

        var lines = random.Next(0, 15);
        for (var i = 0; i < lines; i++)
        {
            world.Add(Line(random));
        }

        return world;
    }

    private static WorldLine Line(Random random) => new()
    {
        At = Grid(random, 14) + 0.0002,
        Instance = Instances[random.Next(Instances.Length)],
        Trace = random.Next(2) == 0 ? null : LogWorld.Trace(random.Next(4)),
        Span = random.Next(3) == 0 ? (ulong)random.Next(5) : 0,
        Access = random.Next(4) == 0 ? Routes[random.Next(2)] : null,
        Text = random.Next(2) == 0 ? "flush done" : "audit commit 42",
        Platform = random.Next(12) switch
        {
            0 => PlatformMessage.Starting,
            1 => PlatformMessage.StartupProbeSucceeded,
            _ => PlatformMessage.None,
        },
    };

    private static double Grid(Random random, double seconds) => (random.Next(0, (int)(seconds * 1000 / 3)) * 0.003) + 0.001;

    private static int[] Shuffle(Random random, int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order);
        return order;
    }
}
