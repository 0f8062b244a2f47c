using System.Web;
using OpsConsole.Web.AuditTrail.Browsing;

namespace OpsConsole.Web.Tests.AuditTrail.Browsing;

public sealed class EventsPageStateTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("/audit")]
    [InlineData("/audit?q=outcome%3Adenied&last=24h")]
    [InlineData("/audit?q=a%26b&from=2026-03-01T09%3A30%3A00Z&to=2026-03-02T00%3A00%3A00.5Z&after=1234")]
    [InlineData("/audit?after=5&in=acme-prod&event=a%2Fb&part=proof")]
    public void ToUrl_OfAParsedAddress_IsTheSame(string url) => Assert.Equal(url, Parse(url).ToUrl());

    [Theory]
    [InlineData("/audit?last=2y&from=yesterday&after=-1&part=x")]
    [InlineData("/audit?event=only-an-id")]
    [InlineData("/audit?in=only-a-workspace&part=proof")]
    public void Parse_WhatIsMalformed_CountsAsAbsent(string url) => Assert.Equal("/audit", Parse(url).ToUrl());

    [Fact]
    public void AsksTheSame_WhenOnlyTheOpenEventDiffers()
    {
        var state = Parse("/audit?q=refund&last=7d");

        Assert.True(state.AsksTheSame(state with { OpenWorkspace = "w", OpenId = "i", Part = "json" }));
        Assert.False(state.AsksTheSame(state with { After = new Core.AuditTrail.AuditCursor(4) }));
        Assert.True(state.AsksForTheSame(state with { After = new Core.AuditTrail.AuditCursor(4) }));
        Assert.False(state.AsksForTheSame(state with { Filter = "x" }));
    }

    [Fact]
    public void Query_OfAStretch_EndsNow()
    {
        var now = new DateTimeOffset(2026, 3, 8, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(now.AddDays(-7), Parse("/audit?last=7d").Query(now).From);
        Assert.Null(Parse("/audit?last=7d").Query(now).To);
        Assert.Equal(now.AddDays(-1), Parse("/audit?from=2026-03-07T12:00:00Z").Query(now).From);
    }

    [Theory]
    [InlineData("2026-07-01T09:30", "2026-07-01T07:30:00Z")]
    [InlineData("2026-01-01T09:30:05", "2026-01-01T08:30:05Z")]
    [InlineData("2026-03-29T02:30", null)]
    [InlineData("", null)]
    public void ReadInput_InAZone_IsThatMoment(string typed, string? moment)
    {
        var read = EventSpan.ReadInput(typed, Berlin);

        Assert.Equal(moment, EventSpan.Print(read));
        if (read is not null)
        {
            Assert.StartsWith(typed, EventSpan.Input(read, Berlin), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ToSaved_KeepsFilterAndTime_AndOpensAsTheSameSearch()
    {
        var state = Parse("/audit?q=outcome%3Adenied&last=24h&after=9&in=w&event=i");

        Assert.Equal("q=outcome%3Adenied&last=24h", state.ToSaved());
        Assert.Equal("/audit/events/file?q=outcome%3Adenied&last=24h&format=csv", state.ToFile("csv"));
    }

    [Theory]
    [InlineData("acme", "0192f0c4-6a2e", "/audit/event/0192f0c4-6a2e?workspace=acme")]
    [InlineData("acme", "a/b?c", "/audit/event?workspace=acme&id=a%2Fb%3Fc")]
    [InlineData("acme", "..", "/audit/event?workspace=acme&id=..")]
    public void AuditEvent_OfAnyId_IsAnAddress(string workspace, string id, string url) => Assert.Equal(url, Urls.AuditEvent(workspace, id));

    private static EventsPageState Parse(string url)
    {
        var query = HttpUtility.ParseQueryString(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "");
        return EventsPageState.Parse(query["q"], query["last"], query["from"], query["to"], query["after"], query["in"], query["event"], query["part"]);
    }
}
