using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.AuditTrail.Browsing;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.AuditTrail.Browsing;

public sealed class EventFilterTests
{
    [Fact]
    public void Query_OfEveryQualifier_AsksForIt()
    {
        var query = Query("refund urgent action:invoice.* actor:maria@acme.example outcome:denied outcome:=failure resource:4711 type:invoice workspace:ws-1 source:billing "
            + "trace:projects/p/traces/4BF92F3577B34DA6A3CE929D0E0E4736");

        Assert.Equal("refund urgent", query.Text);
        Assert.Equal(["invoice.*"], query.Actions);
        Assert.Equal(["maria@acme.example"], query.Actors);
        Assert.Equal([AuditOutcome.Denied, AuditOutcome.Failure], query.Outcomes);
        Assert.Equal(["4711"], query.ResourceIds);
        Assert.Equal(["invoice"], query.ResourceTypes);
        Assert.Equal(["ws-1"], query.Workspaces);
        Assert.Equal(["billing"], query.Sources);
        Assert.Equal(["4bf92f3577b34da6a3ce929d0e0e4736"], query.TraceIds);
    }

    [Fact]
    public void Query_WithAMinus_LeavesOut()
    {
        var except = Query("-action:audit.* -actor:sam -outcome:success -resource:1 -type:x -workspace:opsconsole -source:a -trace:4bf92f3577b34da6a3ce929d0e0e4736").Except;

        Assert.Equal(["audit.*"], except.Actions);
        Assert.Equal([AuditOutcome.Success], except.Outcomes);
        Assert.Equal(
            ["sam", "1", "x", "opsconsole", "a", "4bf92f3577b34da6a3ce929d0e0e4736"],
            [.. except.Actors, .. except.ResourceIds, .. except.ResourceTypes, .. except.Workspaces, .. except.Sources, .. except.TraceIds]);
    }

    [Theory]
    [InlineData("outcome:sucess", "none of success, failure, denied, unknown")]
    [InlineData("who:me", "There is no qualifier who:")]
    [InlineData("trace:123", "no trace id")]
    [InlineData("action:>3", "cannot be compared")]
    [InlineData("-refund", "put a qualifier before it")]
    [InlineData("***", "no letter or digit")]
    public void Problems_WhatAsksForNothing_SaysWhy(string text, string why)
    {
        Assert.Contains(why, Assert.Single(EventFilter.Problems(FilterQuery.Parse(text))), StringComparison.Ordinal);
    }

    [Fact]
    public void Toggle_AValue_AddsItAndTakesItAway()
    {
        var on = EventFilter.Toggle("refund", "actor", "a b:c");

        Assert.Equal("refund actor:\"a b:c\"", on);
        Assert.True(EventFilter.IsOn(on, "actor", "a b:c"));
        Assert.Equal("refund", EventFilter.Toggle(on, "actor", "a b:c"));
        Assert.Equal(["a b:c"], Query(on).Actors);
    }

    private static AuditQuery Query(string text) => EventFilter.Query(FilterQuery.Parse(text), null, null);
}
