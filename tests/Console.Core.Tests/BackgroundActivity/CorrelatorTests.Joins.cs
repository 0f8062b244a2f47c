using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>How lines find their request: trace, span, retries and fan-out.</summary>
public sealed partial class CorrelatorTests
{
    [Fact]
    public void Analyse_TraceOfARequestOnAnotherInstance_IsAnOrphan()
    {
        // Callers that share a trace: the same trace id is no proof on another instance.
        var world = new LogWorld();
        world.Request("i1", 1, 0.5, T1);
        world.Request("i2", 1, 9, LogWorld.Trace(2));
        var line = world.Line("i2", 5, trace: T1);

        Is(Run(world), line, EntryClass.Orphan, -1, Basis.Trace);
    }

    [Fact]
    public void Analyse_RequestWithoutInstance_IsJoinedByTraceWithinItsRevision()
    {
        var world = new LogWorld();
        world.Add(new WorldRequest { At = 1, Latency = 0.5, Written = 1.502, Received = 1.7, Trace = T1 });
        world.Request("i1", 10, 0.1);
        var late = world.Line("i1", 3, trace: T1);
        var other = world.Add(new WorldLine { Instance = "i9", At = 3, Trace = T1, Revision = "catalog-00001-xyz" });

        var analysis = Run(world);

        Is(analysis, late, EntryClass.AfterResponse, 0, Basis.Trace);
        Assert.Equal(EntryClass.Orphan, analysis.Classes[other]);
    }

    [Fact]
    public void Analyse_LineWithoutInstance_IsJoinedByTraceElseUndecided()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 0.5, T1);
        var traced = world.Line(null, 3, trace: T1);
        var untraced = world.Line(null, 1.2);

        var analysis = Run(world);

        Is(analysis, traced, EntryClass.AfterResponse, 0, Basis.Trace);
        Is(analysis, untraced, EntryClass.Unattributed, -1, Basis.None);
        Assert.Equal([0], analysis.CandidatesOf(untraced));
    }

    [Fact]
    public void Analyse_DecimalSpanAboveTwoToThe53_JoinsItsRequest()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 5, span: 0xBB3C_D684_8131_8547);
        world.Request("i1", 1, 5, span: 0xBB3C_D684_8131_8548);
        var line = world.Line("i1", 2, span: 13491894448286696776UL - 1);

        Is(Run(world), line, EntryClass.InRequest, 0, Basis.Span);
    }

    [Fact]
    public void Analyse_SpanOfNoRequestWhereSpansJoin_IsAnOrphan()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 5, span: 7);
        var joined = world.Line("i1", 2, span: 7);
        var foreign = world.Line("i1", 2.5, span: 8);

        var analysis = Run(world);

        Is(analysis, joined, EntryClass.InRequest, 0, Basis.Span);
        Is(analysis, foreign, EntryClass.Orphan, -1, Basis.Span);
    }

    [Fact]
    public void Analyse_ChildSpansThatNeverJoin_AreDecidedByTime()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 5, span: 7);
        var line = world.Line("i1", 2.5, span: 8);

        Is(Run(world), line, EntryClass.InRequest, 0, Basis.OnlyRequestInFlight);
    }

    [Fact]
    public void Analyse_RetriesWithOneTrace_AreToldApartByTime()
    {
        var world = new LogWorld();
        var first = world.Request("i1", 1, 1, T1);
        var second = world.Request("i1", 4, 1, T1);
        var inFirst = world.Line("i1", 1.5, trace: T1);
        var afterFirst = world.Line("i1", 3, trace: T1);
        var inSecond = world.Line("i1", 4.5, trace: T1);
        var afterSecond = world.Line("i1", 7, trace: T1);

        var analysis = Run(world);

        Is(analysis, inFirst, EntryClass.InRequest, first, Basis.Trace);
        Is(analysis, afterFirst, EntryClass.AfterResponse, first, Basis.Trace);
        Is(analysis, inSecond, EntryClass.InRequest, second, Basis.Trace);
        Is(analysis, afterSecond, EntryClass.AfterResponse, second, Basis.Trace);
    }

    [Fact]
    public void Analyse_OneConstantTraceInThousandsOfRequests_StillFindsTheOneInFlight()
    {
        var world = new LogWorld();
        for (var i = 0; i < 3000; i++)
        {
            world.Request("i1", i, 0.5, T1);
        }

        var inside = world.Line("i1", 1234.2, trace: T1);
        var late = world.Line("i1", 1234.8, trace: T1);

        var analysis = Run(world);

        Is(analysis, inside, EntryClass.InRequest, 1234, Basis.Trace);
        Is(analysis, late, EntryClass.AfterResponse, 1234, Basis.Trace);
    }

    [Fact]
    public void Analyse_DecimalSpanOf16Digits_JoinsItsRequest()
    {
        // 2331837566809325 reads as hexadecimal, too; the request has it as 000848cb3dd7f4ed.
        var world = new LogWorld();
        world.Request("i1", 1, 5, span: 2331837566809325);
        world.Request("i1", 1, 5, span: 99);
        var line = world.Line("i1", 2, span: 0x2331837566809325);

        Is(Run(world), line, EntryClass.InRequest, 0, Basis.Span);
    }

    [Fact]
    public void Analyse_FanOutToOneInstanceWithOneTrace_IsToldApartBySpan()
    {
        var world = new LogWorld();
        world.Request("i1", 1, 1, T1, span: 11);
        var second = world.Request("i1", 1.1, 1, T1, span: 12);
        var named = world.Line("i1", 1.5, trace: T1, span: 12);
        var unnamed = world.Line("i1", 1.6, trace: T1);

        var analysis = Run(world);

        Is(analysis, named, EntryClass.InRequest, second, Basis.Trace);
        Is(analysis, unnamed, EntryClass.InRequest, -1, Basis.Trace);
    }
}
