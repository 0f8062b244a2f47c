using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>One case after the other, as the rules name them.</summary>
public sealed class CorrelatorTests
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

    private static void Is(Analysis analysis, int line, EntryClass entryClass, int request, Basis basis) =>
        Assert.Equal((entryClass, request, basis), (analysis.Classes[line], analysis.RequestOf[line], analysis.Bases[line]));
}
