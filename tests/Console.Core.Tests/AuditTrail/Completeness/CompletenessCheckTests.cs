using OpsConsole.Core.AuditTrail.Completeness;

namespace OpsConsole.Core.Tests.AuditTrail.Completeness;

public sealed class CompletenessCheckTests
{
    private static readonly CompletenessRule Any = new() { Methods = ["POST"] };

    [Fact]
    public void Of_EventBeforeTheResponse_InTime()
    {
        var row = Single(Facts.Request(0, 10, 10.2, 1, Any), Facts.Event("e", 10.1, 1));

        Assert.Equal(CompletenessState.InTime, row.State);
        Assert.Equal("e", row.Event?.Id);
        Assert.Equal(TimeSpan.FromSeconds(-0.1), row.After);
    }

    [Theory]
    [InlineData(10.25, CompletenessState.InTime)]
    [InlineData(10.251, CompletenessState.Late)]
    [InlineData(51, CompletenessState.Late)]
    public void Of_EventRecordedAfterTheResponse_LateBeyondTheTolerance(double recorded, CompletenessState expected)
    {
        // The service says that it happened in time; the time of recording decides.
        var row = Single(Facts.Request(0, 10, 10.2, 1, Any), Facts.Event("e", 10.1, 1, recorded));

        Assert.Equal(expected, row.State);
        Assert.False(row.BySourceClock);
    }

    [Fact]
    public void Of_NoEvent_MissingOnceItIsDue()
    {
        Assert.Equal(CompletenessState.Missing, Check([Facts.Request(0, 10, 10.2, 1, Any)], [], asOf: 70.2).Rows[0].State);
        Assert.Equal(CompletenessState.NotDue, Check([Facts.Request(0, 10, 10.2, 1, Any)], [], asOf: 70.1).Rows[0].State);
    }

    [Fact]
    public void Of_RequestWithoutTrace_UndecidableWhateverThereIs() =>
        Assert.Equal(CompletenessState.Undecidable, Single(Facts.Request(0, 10, 10.2, null, Any), Facts.Event("e", 10.1, null)).State);

    [Fact]
    public void Of_EventOfAnotherServiceOrAction_DoesNotCount()
    {
        var rule = Any with { Action = "order.*" };

        Assert.Equal(CompletenessState.Missing, Single(Facts.Request(0, 10, 10.2, 1, rule), Facts.Event("e", 10.1, 1, service: "pricing")).State);
        Assert.Equal(CompletenessState.Missing, Single(Facts.Request(0, 10, 10.2, 1, rule), Facts.Event("e", 10.1, 1, action: "orders.created")).State);
        Assert.Equal(CompletenessState.InTime, Single(Facts.Request(0, 10, 10.2, 1, rule), Facts.Event("e", 10.1, 1, service: null)).State);
    }

    [Fact]
    public void Of_RetryWithTheSameTrace_NeedsAnEventOfItsOwn()
    {
        var report = Check([Facts.Request(0, 10, 10.2, 1, Any), Facts.Request(1, 15, 15.2, 1, Any)], [Facts.Event("e", 15.1, 1)]);

        // The event happened while the second one ran.
        Assert.Equal([CompletenessState.Missing, CompletenessState.InTime], report.Rows.Select(static r => r.State));
    }

    [Fact]
    public void Of_EventsThatNameTheSpan_GoToTheirRequest()
    {
        var report = Check(
            [Facts.Request(0, 10, 10.2, 1, Any, span: 7), Facts.Request(1, 10, 10.2, 1, Any, span: 8)],
            [Facts.Event("a", 10.05, 1, span: 8), Facts.Event("b", 10.1, 1, span: 7)]);

        Assert.Equal(["b", "a"], report.Rows.Select(static r => r.Event!.Id));
    }

    [Fact]
    public void Of_DeliveredInBulk_JudgedByTheSourcesOwnClock()
    {
        // Ten events of an hour, delivered within one second an hour later.
        var requests = Enumerable.Range(0, 10).Select(i => Facts.Request(i, i * 10, (i * 10) + 0.2, i, Any)).ToList();
        var events = Enumerable.Range(0, 10).Select(i => Facts.Event($"e{i}", (i * 10) + (i == 9 ? 41 : 0.1), i, 4000.1)).ToList();

        var report = Check(requests, events);

        Assert.All(report.Rows, static row => Assert.True(row.BySourceClock));
        Assert.Equal(9, report.Count(CompletenessState.InTime));
        Assert.Equal(40.8, report.Latest!.Value.TotalSeconds, 6);

        // Nine of them are a coincidence, not a delivery in bulk.
        Assert.Equal(9, Check(requests[..9], events[..9]).Count(CompletenessState.Late));
    }

    [Fact]
    public void Of_ClockOfTheSourceChosen_IsUsedForAll()
    {
        var report = Check(
            [Facts.Request(0, 10, 10.2, 1, Any)], [Facts.Event("e", 10.1, 1, 51)], rules: new CompletenessRules { Rules = [Any], Clock = CompletenessClock.Source });

        Assert.Equal(CompletenessState.InTime, report.Rows[0].State);
        Assert.True(report.Rows[0].BySourceClock);
    }

    [Fact]
    public void Of_EventsWithoutRequest_AreExtraOnceTheLogsHaveSettled()
    {
        var report = Check(
            [Facts.Request(0, 10, 10.2, 1, Any)],
            [
                Facts.Event("own", 10.1, 1), Facts.Event("second of it", 10.15, 1), Facts.Event("unknown trace", 20, 2), Facts.Event("no trace", 30, null),
                Facts.Event("other service", 40, 3, service: "pricing"), Facts.Event("just now", 3590, 4), Facts.Event("before", -1, 5),
            ]);

        Assert.Equal(["unknown trace", "no trace"], report.Extra.Select(static e => e.Event.Id));
        Assert.Equal([true, false], report.Extra.Select(static e => e.HasTrace));
    }

    [Fact]
    public void Of_OneTraceOnVeryManyRequests_StaysQuick()
    {
        // A load test that sends the same traceparent each time, and lost all but some of its events. Quadratic would be minutes.
        var requests = Enumerable.Range(0, 20_000).Select(i => Facts.Request(i, i * 0.01, (i * 0.01) + 0.005, 1, Any)).ToList();
        var events = Enumerable.Range(0, 500).Select(i => Facts.Event($"e{i}", i, 1)).ToList();

        var report = Check(requests, events);

        Assert.Equal(19_500, report.Count(CompletenessState.Missing));
    }

    [Fact]
    public void Sentence_AllKinds_SaysEachWithItsNumber()
    {
        List<RequestFact> requests = [.. Enumerable.Range(0, 5).Select(i => Facts.Request(i, i * 10, (i * 10) + 0.2, i, Any)), Facts.Request(5, 60, 60.2, null, Any), Facts.Request(6, 3590, 3590.2, 6, Any)];
        List<EventFact> events = [Facts.Event("a", 0.1, 0), Facts.Event("b", 10.1, 1), Facts.Event("c", 20.1, 2, 61.2), Facts.Event("x", 100, 77)];

        Assert.Equal(
            "Of 5 requests that must leave an audit event, 2 left one in time, 1 late (up to 41 s), 2 none. 1 more request carries no trace id, so no event can be tied to it: "
            + "nothing can be said of it. 1 ended less than 1 min before the check and has no event yet. 1 event belongs to no request of these logs.",
            CompletenessSentence.Of(Check(requests, events, asOf: 3600)));
    }

    private static CompletenessRow Single(RequestFact request, EventFact fact) => Check([request], [fact]).Rows.Single();

    private static CompletenessReport Check(
        IReadOnlyList<RequestFact> requests, IReadOnlyCollection<EventFact> events, double asOf = 7200, CompletenessRules? rules = null) =>
        CompletenessCheck.Of(Facts.Requests(requests), events, rules ?? CompletenessRules.Default, new CompletenessOptions(), Facts.At(asOf), []);
}
