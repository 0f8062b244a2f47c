using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>What instance and time decide: in flight, idle, resumed, startup and shutdown.</summary>
public sealed partial class CorrelatorTests
{
    [Fact]
    public void Analyse_UntracedLine_IsDecidedByWhatIsInFlight()
    {
        var world = new LogWorld();
        var first = world.Request("i1", 1, 2);
        world.Request("i1", 2, 2);
        var alone = world.Line("i1", 1.5);
        var several = world.Line("i1", 2.5);
        var idle = world.Line("i1", 6);

        var analysis = Run(world);

        Is(analysis, alone, EntryClass.InRequest, first, Basis.OnlyRequestInFlight);
        Is(analysis, several, EntryClass.Unattributed, -1, Basis.None);
        Is(analysis, idle, EntryClass.IdleInstance, -1, Basis.NoRequestInFlight);
        Assert.Equal([0, 1], analysis.CandidatesOf(several));
        Assert.Equal(-1, analysis.ProbableRequestOf[idle]);
    }

    [Fact]
    public void Analyse_IdleLineAfterTheOnlyRequestFarAndWide_NamesItAsProbable()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.1);
        world.Request("i1", 100, 0.1);
        var line = world.Line("i1", 101);

        var analysis = Run(world);

        Is(analysis, line, EntryClass.IdleInstance, -1, Basis.NoRequestInFlight);
        Assert.Equal(1, analysis.ProbableRequestOf[line]);
    }

    [Fact]
    public void Analyse_UntracedLineJustAfterTheEnd_IsBoundary()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        var line = world.Line("i1", 2.0158);

        Is(Run(world), line, EntryClass.Boundary, 0, Basis.NoRequestInFlight);
    }

    [Fact]
    public void Analyse_FirstLineSeenByASlowerClock_BelongsToTheRequestThatStarts()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        var second = world.Request("i1", 10, 1);
        var line = world.Line("i1", 9.988);

        Is(Run(world), line, EntryClass.InRequest, second, Basis.OnlyRequestInFlight);
    }

    [Fact]
    public void Analyse_ThousandRequestsAtOnce_UndecidedWithoutAndDecidedWithTrace()
    {
        var world = new LogWorld();
        for (var i = 0; i < 1000; i++)
        {
            world.Request("i1", 1 + (i * 0.001), 5, LogWorld.Trace(i));
        }

        var untraced = world.Line("i1", 4);
        var traced = world.Line("i1", 4, trace: LogWorld.Trace(777));
        var late = world.Line("i1", 9, trace: LogWorld.Trace(778));

        var analysis = Run(world);

        Assert.Equal(EntryClass.Unattributed, analysis.Classes[untraced]);
        Assert.Equal(100, analysis.CandidatesOf(untraced).Count);
        Is(analysis, traced, EntryClass.InRequest, 777, Basis.Trace);
        Is(analysis, late, EntryClass.AfterResponse, 778, Basis.Trace);
    }

    [Fact]
    public void Analyse_WorkThatAnotherRequestWoke_IsResumedAndNamesGapAndRequest()
    {
        var world = new LogWorld();
        var first = world.Request("i1", 1, 0.1, T1);
        var before = world.Line("i1", 1.5, trace: T1);
        var waking = world.Request("i1", 61, 0.4);
        var woken = world.Line("i1", 61.05, trace: T1);
        var after = world.Line("i1", 62, trace: T1);

        var analysis = Run(world);

        Is(analysis, before, EntryClass.AfterResponse, first, Basis.Trace);
        Is(analysis, woken, EntryClass.Resumed, first, Basis.Trace);
        Is(analysis, after, EntryClass.AfterResponse, first, Basis.Trace);
        Assert.Equal(new Resumption(waking, LogWorld.Ns(1.5), LogWorld.Ns(61)), analysis.Resumptions[woken]);
        Assert.Equal(59.5, Assert.Single(analysis.Revisions).LongestFreezeSeconds!.Value, 6);
        Assert.Equal(60.8982, Assert.Single(analysis.Revisions).MaxTailSeconds!.Value, 3);
    }

    [Fact]
    public void Analyse_SameWithCpuAlwaysAllocated_IsNotCalledResumed()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.1, T1);
        world.Request("i1", 61, 0.4);
        var line = world.Line("i1", 61.05, trace: T1);

        var analysis = Run(world, Settings(Core.CloudRun.BillingMode.InstanceBased));

        Assert.Equal(EntryClass.AfterResponse, analysis.Classes[line]);
    }

    [Fact]
    public void Analyse_LinesBeforeTheFirstRequestOrTheProbe_AreStartup()
    {
        var world = new LogWorld();
        world.Platform("i1", 0, PlatformMessage.Starting);
        // The cold start's own request is already waiting while the container starts.
        world.Add(new WorldRequest { Instance = "i1", At = 0.5, Latency = 9, Written = 9.502, Received = 9.6 });
        var starting = world.Line("i1", 3);
        world.Platform("i1", 5, PlatformMessage.StartupProbeSucceeded);
        var handling = world.Line("i1", 6);
        world.Request("i2", 5, 1);
        var early = world.Line("i2", 2);

        var analysis = Run(world);

        Is(analysis, starting, EntryClass.Startup, -1, Basis.InstanceLife);
        Is(analysis, handling, EntryClass.InRequest, 0, Basis.OnlyRequestInFlight);
        Is(analysis, early, EntryClass.Startup, -1, Basis.InstanceLife);
        Assert.Equal(2, analysis.ClassCounts[(int)EntryClass.Platform]);
    }

    [Fact]
    public void Analyse_SigtermMinutesLaterWithoutAnyPlatformLine_IsShutdown()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        var idle = world.Line("i1", 30, "cache refreshed");
        var first = world.Line("i1", 330, "[INFO] Handling signal: term");
        var second = world.Line("i1", 331, "pool drained");

        var analysis = Run(world);

        Assert.Equal(EntryClass.IdleInstance, analysis.Classes[idle]);
        Is(analysis, first, EntryClass.Shutdown, -1, Basis.InstanceLife);
        Is(analysis, second, EntryClass.Shutdown, -1, Basis.InstanceLife);
    }

    [Fact]
    public void Analyse_LastBurstFifteenMinutesLater_IsShutdownEvenWithoutWords()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        var line = world.Line("i1", 905, "flushed 12 spans");

        Is(Run(world), line, EntryClass.Shutdown, -1, Basis.InstanceLife);
    }

    [Fact]
    public void Analyse_ShutdownWordsWhileRequestsStillCome_AreNotTheStop()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        var line = world.Line("i1", 30, "shutting down worker 3");
        world.Request("i1", 60, 1);

        Assert.Equal(EntryClass.IdleInstance, Run(world).Classes[line]);
    }

    [Fact]
    public void Analyse_AfterAPlatformStop_IsShutdown()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1);
        world.Platform("i1", 5, PlatformMessage.ShuttingDown);
        var line = world.Line("i1", 5.2, "bye");

        Is(Run(world), line, EntryClass.Shutdown, -1, Basis.InstanceLife);
    }
}
