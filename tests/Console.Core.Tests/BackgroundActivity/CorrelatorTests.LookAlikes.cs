using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>What looks like late work and is none, and the tolerance.</summary>
public sealed partial class CorrelatorTests
{
    [Fact]
    public void Analyse_AccessLineLate_IsBoundaryAndNamesItsRequest()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.5, route: "GET /a");
        var b = world.Request("i1", 1, 0.52, route: "POST /b");
        var line = world.Line("i1", 1.82, access: "POST /b");

        Is(Run(world), line, EntryClass.Boundary, b, Basis.AccessLine);
    }

    [Fact]
    public void Analyse_AccessLineOfAStreamAtItsStart_IsInRequest()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 12.99, route: "GET /events");
        var line = world.Line("i1", 1.052, access: "GET /events");

        Is(Run(world), line, EntryClass.InRequest, 0, Basis.OnlyRequestInFlight);
    }

    [Fact]
    public void Analyse_AccessLineOfAHealthCheckOnAnIdleInstance_IsNoBackgroundWork()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.5, route: "GET /a");
        var line = world.Line("i1", 30, access: "GET /healthz");

        Is(Run(world), line, EntryClass.Boundary, -1, Basis.AccessLine);
    }

    [Fact]
    public void Analyse_WebSocketClosingLines_AreBoundary()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Latency = 197.102, Written = 198.117, Received = 198.3, Status = 101 });
        var line = world.Line("i1", 198.127, "connection closed");
        var later = world.Line("i1", 198.152, "ws closed code=1006");
        var work = world.Line("i1", 198.7, "flushing what the connection left behind");

        var analysis = Run(world);
        Is(analysis, line, EntryClass.Boundary, 0, Basis.OnlyRequestInFlight);
        Is(analysis, later, EntryClass.Boundary, 0, Basis.NoRequestInFlight);
        Assert.Equal(EntryClass.IdleInstance, analysis.Classes[work]);
    }

    [Fact]
    public void Analyse_WebSocketStillOpenAtTheEndOfTheInput_IsUndecidedAndNotIdleWork()
    {
        var world = new LogWorld();
        for (var i = 0; i < 3; i++)
        {
            world.Add(new WorldRequest { Instance = "i1", At = i * 100, Latency = 50, Written = (i * 100) + 50.002, Received = (i * 100) + 50.2, Status = 101 });
            world.Line("i1", (i * 100) + 0.02, $"client connected {i}");
            world.Line("i1", (i * 100) + 30, "tick");
        }

        var before = world.Line("i1", 290, "buffers trimmed");
        var begun = world.Line("i1", 300, "client connected 3");
        var during = world.Line("i1", 340, "tick");

        var analysis = Run(world);

        Assert.Equal(
            (EntryClass.IdleInstance, EntryClass.Unattributed, EntryClass.Unattributed),
            (analysis.Classes[before], analysis.Classes[begun], analysis.Classes[during]));
        Assert.Equal((1L, 2L), (analysis.ClassCounts[(int)EntryClass.IdleInstance], analysis.ClassCounts[(int)EntryClass.Unattributed]));
    }

    [Fact]
    public void Analyse_InstanceWithoutRequestEntries_GetsNoVerdict()
    {
        var world = new LogWorld();
        var line = world.Line("i1", 1);
        world.Line("i1", 500);

        var analysis = Run(world);

        Is(analysis, line, EntryClass.Unattributed, -1, Basis.None);
        Assert.Equal([0], analysis.InstancesWithoutRequests);
        var summary = Assert.Single(analysis.Revisions);
        Assert.Equal(Verdict.CannotTell, summary.Verdict);
        Assert.Contains("No request entry", summary.VerdictReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyse_ManyAccessLinesLate_WidensThatInstancesTolerance()
    {
        var world = new LogWorld();
        for (var i = 0; i < 20; i++)
        {
            world.Request("i1", i * 10, 1, LogWorld.Trace(i), route: "GET /a");
            world.Line("i1", (i * 10) + 1.0018 + 0.040, access: "GET /a");
        }

        world.Request("i2", 0, 1);
        var line = world.Line("i1", 1.0018 + 0.075, trace: LogWorld.Trace(0));

        var analysis = Run(world);

        Assert.Equal(new ToleranceRange(20, 20, 80), analysis.Tolerance);
        Assert.Equal(EntryClass.Boundary, analysis.Classes[line]);
    }

    [Fact]
    public void Analyse_ForcedTolerance_HoldsEverywhere()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.5, T1);
        var line = world.Line("i1", 1.6, trace: T1);

        var analysis = Run(world, new CorrelatorOptions { Tolerance = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(EntryClass.Boundary, analysis.Classes[line]);
        Assert.Equal(new ToleranceRange(200, 200, 200), analysis.Tolerance);
    }

    internal static Analysis Run(LogWorld world, CorrelatorOptions? options = null) =>
        Correlator.Analyse(world.ToTable(), options ?? new CorrelatorOptions(), CancellationToken.None);

    internal static CorrelatorOptions Settings(Core.CloudRun.BillingMode billing) => new()
    {
        Settings = new Dictionary<RevisionKey, RevisionSettings>
        {
            [new RevisionKey("acme-prod", "europe-west1", "checkout", "checkout-00007-abc")] = new(billing, 80),
        },
    };

    [Fact]
    public void Analyse_LastLinesThatCrowdBehindTheEnds_WidenTheTolerance()
    {
        var world = new LogWorld();
        for (var i = 0; i < 20; i++)
        {
            world.Request("i1", i * 10, 0.5, LogWorld.Trace(i));
            world.Line("i1", (i * 10) + 0.5018 + 0.030, "request done", LogWorld.Trace(i));
        }

        var late = world.Line("i1", 3, "audit commit", LogWorld.Trace(0));

        var analysis = Run(world);

        Assert.Equal(60, analysis.Tolerance.Max, 3);
        Assert.Equal(20, analysis.ClassCounts[(int)EntryClass.Boundary]);
        Assert.Equal(EntryClass.AfterResponse, analysis.Classes[late]);
    }

    [Fact]
    public void Analyse_LateWorkSpreadOverTheFirstQuarterSecond_WidensNothing()
    {
        var world = new LogWorld();
        for (var i = 0; i < 40; i++)
        {
            world.Request("i1", i * 10, 0.5, LogWorld.Trace(i));
            world.Line("i1", (i * 10) + 0.5018 + 0.022 + (i * 0.005), "audit commit", LogWorld.Trace(i));
        }

        var analysis = Run(world);

        Assert.Equal(20, analysis.Tolerance.Max, 3);
        Assert.Equal(40, analysis.ClassCounts[(int)EntryClass.AfterResponse]);
    }
}
