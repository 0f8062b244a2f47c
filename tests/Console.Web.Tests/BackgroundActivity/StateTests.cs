using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Web.BackgroundActivity.Open;
using OpsConsole.Web.BackgroundActivity.Overview;
using OpsConsole.Web.BackgroundActivity.PerInstance;
using OpsConsole.Web.BackgroundActivity.PerRequest;
using OpsConsole.Web.BackgroundActivity.PerService;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.BackgroundActivity;

/// <summary>What an address says is what it was made from: links can be shared.</summary>
public sealed class StateTests
{
    private static readonly Gen<string> Text =
        from parts in Gen.Elements("a", "Z", "0", " x", "\"", "\\", ":", "-", ">", "&", "?", "#", "%", "+", "/", "ü", "😀").ListOf()
        select string.Concat(parts).Trim();

    [Fact]
    public void BackgroundPageState_PrintedAndParsed_IsTheSame() => Holds(
        from source in Text
        from filter in Text
        from column in Gen.Elements(FleetColumns.Keys.ToArray())
        from down in Gen.Elements(true, false)
        select new BackgroundPageState { Source = source, Filter = filter, Sort = new TableSort(column, down) },
        static state => Query(state.ToUrl()) is var query
            && BackgroundPageState.Parse(query("source"), query("q"), query("sort")) == state);

    [Fact]
    public void ServiceWorkState_PrintedAndParsed_IsTheSame() => Holds(
        from filter in Text
        from finding in Text
        from late in Gen.Elements<double?>(null, 0, 0.5, 12.25)
        from tab in Gen.Elements(ServiceWorkState.FindingsTab, ServiceWorkState.RequestsTab, ServiceWorkState.UndecidedTab, ServiceWorkState.TimeTab)
        from ticks in Gen.Choose(0, int.MaxValue)
        from column in Gen.Elements((tab == ServiceWorkState.UndecidedTab ? UndecidedLines.SortKeys : LateRequests.SortKeys).ToArray())
        from down in Gen.Elements(true, false)
        select new ServiceWorkState
        {
            Project = "acme-prod",
            Location = "europe-west1",
            Service = "checkout",
            Filter = filter,
            Finding = finding,
            Late = late,
            Tab = tab,
            Sort = new TableSort(column, down),
            From = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).AddTicks(ticks),
        },
        static state => Query(state.ToUrl()) is var query && state == new ServiceWorkState
        {
            Project = state.Project,
            Location = state.Location,
            Service = state.Service,
            Source = query("source") ?? "",
            Tab = ServiceWorkState.ParseTab(query("tab")),
            Revision = query("revision") ?? "",
            Late = ServiceWorkState.ParseLate(query("late")),
            Finding = query("finding") ?? "",
            Filter = query("q") ?? "",
            Sort = ServiceWorkState.ParseSort(query("sort"), ServiceWorkState.ParseTab(query("tab"))),
            Request = query("request") ?? "",
            From = ServiceWorkState.ParseTime(query("from")),
            To = ServiceWorkState.ParseTime(query("to")),
        });

    [Fact]
    public void ServiceWorkState_OnAnotherTab_KeepsFilterAndOrderOnlyWhereTheyMeanTheSame()
    {
        var requests = new ServiceWorkState { Project = "p", Location = "l", Service = "s", Tab = ServiceWorkState.RequestsTab, Filter = "path:/a", Sort = new TableSort("status", false), Request = "r1" };

        Assert.Equal(("path:/a", "status", ""), Seen(requests.On(ServiceWorkState.TimeTab)));
        Assert.Equal(("path:/a", "status", "r1"), Seen(requests.On(ServiceWorkState.TimeTab).On(ServiceWorkState.RequestsTab) with { Request = "r1" }));

        var undecided = requests.On(ServiceWorkState.UndecidedTab);
        Assert.Equal(("", "-time", ""), Seen(undecided));
        Assert.Equal(("", "-tail", ""), Seen((undecided with { Filter = "why:several", Sort = new TableSort("why", false) }).On(ServiceWorkState.RequestsTab)));
        Assert.Equal("-time", ServiceWorkState.ParseSort("tail", ServiceWorkState.UndecidedTab).ToString());

        static (string, string, string) Seen(ServiceWorkState state) => (state.Filter, state.Sort.ToString(), state.Request);
    }

    [Fact]
    public void RequestAndInstanceState_PrintedAndParsed_AreTheSame()
    {
        var source = AnalysisId.Live("acme-prod");
        Holds(
            from id in Text
            from filter in Text
            from zoom in Gen.Elements(RequestZoom.Whole, RequestZoom.Response)
            select new RequestState { Source = source, InsertId = id, Filter = filter, Zoom = zoom, At = new DateTimeOffset(2026, 11, 22, 9, 0, 0, 123, TimeSpan.Zero) },
            static state => Query(state.ToUrl()) is var query
                && RequestState.Parse(query("source"), query("insertId"), query("ts"), query("zoom"), query("q")) == state);
        Holds(
            from id in Text
            from zoom in Gen.Elements(Enum.GetValues<InstanceZoom>())
            select new InstanceState { Source = source, Instance = id, Zoom = zoom },
            static state => Query(state.ToUrl()) is var query && InstanceState.Parse(query("source"), query("instance"), query("zoom")) == state);
    }

    [Fact]
    public void States_OfMalformedAddresses_AreTheDefaults()
    {
        Assert.Equal(new BackgroundPageState(), BackgroundPageState.Parse(null, "  ", "nonsense"));
        Assert.Equal(new RequestState(), RequestState.Parse("../../etc/passwd", null, "yesterday", "huge", null));
        Assert.Equal(new InstanceState(), InstanceState.Parse("window-1", null, "x"));
        Assert.Equal((null, null, null), (ServiceWorkState.ParseLate("-1"), ServiceWorkState.ParseLate("1e400"), ServiceWorkState.ParseLate("NaN")));
        Assert.Null(ServiceWorkState.ParseTime("soon"));
        Assert.Equal(ServiceWorkState.FindingsTab, ServiceWorkState.ParseTab("drop table"));
    }

    [Fact]
    public void OpenState_ToRequest_FillsTheLastDayInAndCountsInUtc()
    {
        var now = new DateTimeOffset(2026, 11, 22, 9, 14, 33, TimeSpan.FromHours(1));

        var request = OpenState.Parse(null, "checkout,,search,checkout", null, null).ToRequest(["acme-prod", "acme-dev"], now);

        Assert.Equal(("acme-prod", 2), (request.Project, request.Services.Count));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 14, 0, TimeSpan.Zero), request.To);
        Assert.Equal(TimeSpan.FromDays(1), request.To - request.From);
        Assert.Null(request.WhyNot(now));
    }

    [Fact]
    public void OpenState_PrintedAndParsed_IsTheSameWindow()
    {
        var state = new OpenState { Project = "acme-prod", Services = ["checkout", "search"], From = Minute(1), To = Minute(9) };
        var query = Query(state.ToUrl());
        var parsed = OpenState.Parse(query("project"), query("services"), query("from"), query("to"));
        Assert.Equal((state.Project, state.From, state.To), (parsed.Project, parsed.From, parsed.To));
        Assert.Equal(state.Services, parsed.Services);
    }

    private static DateTime Minute(int minute) => new(2026, 11, 22, 9, minute, 0, DateTimeKind.Utc);

    private static Func<string, string?> Query(string url)
    {
        var query = QueryHelpers.ParseQuery(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "");
        return name => query.TryGetValue(name, out var value) ? (string?)value : null;
    }

    private static void Holds<T>(Gen<T> gen, Func<T, bool> law) => Prop.ForAll(gen.ToArbitrary(), law).QuickCheckThrowOnFailure();
}
