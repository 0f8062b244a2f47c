using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>One case after the other, as the rules name them.</summary>
public sealed partial class CorrelatorTests
{
    private static readonly string T1 = LogWorld.Trace(1);

    [Fact]
    public void Analyse_TracedLineInsideItsRequest_IsInRequest()
    {
        var world = new LogWorld();
        var request = world.Request("i1", 1, 0.5, T1);
        var line = world.Line("i1", 1.2, trace: T1);

        var analysis = Run(world);

        Is(analysis, line, EntryClass.InRequest, request, Basis.Trace);
        Assert.Null(analysis.TailSeconds(line));
    }

    [Fact]
    public void Analyse_TracedLineLongAfterTheEnd_IsAfterResponseWithItsTail()
    {
        var world = new LogWorld();
        var request = world.Request("i1", 1, 0.5, T1);
        var line = world.Line("i1", 3.5018, trace: T1);

        var analysis = Run(world);

        Is(analysis, line, EntryClass.AfterResponse, request, Basis.Trace);
        Assert.Equal(2.0, analysis.TailSeconds(line)!.Value, 6);
        var summary = Assert.Single(analysis.Revisions);
        Assert.Equal((1, 1, 1L), (summary.Requests, summary.RequestsWithAfterResponse, summary.AfterResponseEntries));
        Assert.Equal(2.0, summary.MaxTailSeconds!.Value, 6);
    }

    [Fact]
    public void Analyse_LineWithinToleranceOfTheWriteTime_IsBoundary()
    {
        var world = new LogWorld();
        var request = world.Request("i1", 1, 0.5, T1);
        var line = world.Line("i1", 1.5018 + 0.019, trace: T1);
        var late = world.Line("i1", 1.5018 + 0.021, trace: T1);

        var analysis = Run(world);

        Is(analysis, line, EntryClass.Boundary, request, Basis.Trace);
        Is(analysis, late, EntryClass.AfterResponse, request, Basis.Trace);
    }

    [Fact]
    public void Analyse_EndFromLatency_HasATolerance50Ms()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Latency = 0.5, Trace = T1, Received = 1.7 });
        var line = world.Line("i1", 1.549, trace: T1);
        var late = world.Line("i1", 1.551, trace: T1);

        var analysis = Run(world);

        Assert.Equal(EndKind.Latency, analysis.RequestEndKinds[0]);
        Assert.Equal(EntryClass.Boundary, analysis.Classes[line]);
        Assert.Equal(EntryClass.AfterResponse, analysis.Classes[late]);
        Assert.Equal(new ToleranceRange(50, 50, 50), analysis.Tolerance);
    }

    [Fact]
    public void Analyse_ColdStartWhoseLatencyLeavesTheWaitOut_EndsAtTheWriteTime()
    {
        // timestamp + latency is 1.3 s, but the entry was written at 17.3 s: everything up to there is not late.
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Latency = 0.3, Written = 17.3, Received = 17.5, Trace = T1 });
        var uncertain = world.Line("i1", 10, trace: T1);
        var untraced = world.Line("i1", 17.299);
        var late = world.Line("i1", 18, trace: T1);

        var analysis = Run(world);

        Is(analysis, uncertain, EntryClass.Boundary, 0, Basis.Trace);
        Is(analysis, untraced, EntryClass.Boundary, 0, Basis.OnlyRequestInFlight);
        Is(analysis, late, EntryClass.AfterResponse, 0, Basis.Trace);
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(99.0)]
    public void Analyse_WriteTimeOutsideItsBounds_IsNotBelieved(double written)
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Latency = 0.5, Written = written, Received = 1.7 });

        var analysis = Run(world);

        Assert.Equal(EndKind.Latency, analysis.RequestEndKinds[0]);
        Assert.Equal(LogWorld.Ns(1.5), analysis.RequestEndNs[0]);
    }

    [Theory]
    [InlineData(17.2, EntryClass.Boundary)]
    [InlineData(1.9, EntryClass.AfterResponse)]
    public void Analyse_WithoutAWriteTime_ALateReceiptLeavesTheStretchOpen(double received, EntryClass expected)
    {
        // A cold start's latency leaves out the wait for the instance.
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Latency = 0.2, Received = received, Trace = T1 });
        var line = world.Line("i1", 1.8, trace: T1);
        var late = world.Line("i1", 18, trace: T1);

        var analysis = Run(world);

        Assert.Equal(expected, analysis.Classes[line]);
        Assert.Equal(EntryClass.AfterResponse, analysis.Classes[late]);
    }

    [Fact]
    public void Analyse_ExportOf2021_FindsThatTheTimestampIsTheEnd()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 5, Latency = 4.6, Written = 5, Received = 5.0015, Trace = T1 });
        var inside = world.Line("i1", 1, trace: T1);
        var late = world.Line("i1", 6, trace: T1);

        var analysis = Run(world);

        Assert.Equal(RequestTimestamp.End, analysis.RequestTimestamp);
        Is(analysis, inside, EntryClass.InRequest, 0, Basis.Trace);
        Is(analysis, late, EntryClass.AfterResponse, 0, Basis.Trace);
        Assert.Equal(1.0, analysis.TailSeconds(late)!.Value, 6);
    }

    [Fact]
    public void Analyse_FilesOfBothConventions_FindsEachFilesOwn()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 5, Latency = 4, Written = 5, Received = 5.1, File = 0 });
        world.Add(new WorldRequest { Instance = "i2", At = 5, Latency = 4, Written = 9.002, Received = 9.1, File = 1 });

        var analysis = Run(world);

        Assert.Equal(LogWorld.Ns(1), analysis.RequestStartNs[0]);
        Assert.Equal(LogWorld.Ns(5), analysis.RequestStartNs[1]);
    }

    [Fact]
    public void Analyse_ForcedConvention_Wins()
    {
        var world = new LogWorld();
        world.Request("i1", 5, 4);

        var analysis = Run(world, new CorrelatorOptions { RequestTimestamp = RequestTimestamp.End });

        Assert.Equal(RequestTimestamp.End, analysis.RequestTimestamp);
        Assert.Equal(LogWorld.Ns(1), analysis.RequestStartNs[0]);
    }

    [Fact]
    public void Analyse_RequestWithoutLatency_EndsAtItsWriteTime()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Written = 3, Received = 3.1, Trace = T1 });
        var inside = world.Line("i1", 2.5);
        var late = world.Line("i1", 4, trace: T1);

        var analysis = Run(world);

        Is(analysis, inside, EntryClass.InRequest, 0, Basis.OnlyRequestInFlight);
        Is(analysis, late, EntryClass.AfterResponse, 0, Basis.Trace);
    }

    [Fact]
    public void Analyse_RequestWithoutAnyEnd_MakesNothingLate()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { Instance = "i1", At = 1, Trace = T1 });
        var traced = world.Line("i1", 40, trace: T1);
        var untraced = world.Line("i1", 41);

        var analysis = Run(world);

        Is(analysis, traced, EntryClass.Boundary, 0, Basis.Trace);
        Is(analysis, untraced, EntryClass.Unattributed, -1, Basis.None);
    }

    [Fact]
    public void Analyse_AbortedRequest_IsNoRequest()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest
        {
            At = 1,
            Latency = 0,
            Written = 11,
            Received = 11.1,
            Trace = T1,
            Status = 429,
            Text = "The request was aborted because there was no available instance.",
        });
        var line = world.Line("i1", 2, trace: T1);

        var analysis = Run(world);

        Assert.Equal(EndKind.Aborted, analysis.RequestEndKinds[0]);
        Assert.Equal(EntryClass.Orphan, analysis.Classes[line]);
        Assert.Equal(0, Assert.Single(analysis.Revisions).Requests);
    }

    private static void Is(Analysis analysis, int line, EntryClass entryClass, int request, Basis basis) =>
        Assert.Equal((entryClass, request, basis), (analysis.Classes[line], analysis.RequestOf[line], analysis.Bases[line]));
}
