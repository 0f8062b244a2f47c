using FsCheck.Fluent;
using OpsConsole.Web.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.CloudRun;

public sealed class PageStateTests
{
    private const string Path = "/services/acme-prod/europe-west1/checkout";

    [Fact]
    public void ServicesPage_AnyState_SurvivesItsAddress()
    {
        var states =
            from filter in Any.Text
            from sort in Gen.Elements(ServiceFields.SortKeys.ToArray())
            from down in Gen.Elements(true, false)
            select new ServicesPageState(filter, new TableSort(sort, down));

        Any.Holds(states, static state => ServicesPageState.Parse(QueryOf(state.ToUrl())) == state);
    }

    [Fact]
    public void ServicePage_AnyState_SurvivesItsAddress()
    {
        var states =
            from filter in Any.Text
            from sort in Gen.Elements(RevisionFields.SortKeys.ToArray())
            from down in Gen.Elements(true, false)
            from revision in Gen.OneOf(Gen.Constant(""), Any.Name)
            from tab in Gen.Elements(ServicePageState.Tabs.Select(static t => t.Key).ToArray())
            from comparing in Gen.Elements(true, false)
            from a in Any.Name
            from b in Any.Name
            from view in Gen.Elements(ServicePageState.Views.Select(static v => v.Key).ToArray())
            from days in Gen.Elements(ServicePageState.Spans.ToArray())
            from item in Gen.OneOf(Gen.Constant(""), Any.Name)
            select new ServicePageState(filter, new TableSort(sort, down), revision, tab, comparing ? a : "", comparing ? b : "") { View = view, Days = days, Item = item };

        Any.Holds(states, static state => ServicePageState.Parse(QueryOf(state.ToUrl(Path))) == state);
    }

    [Fact]
    public void FleetList_AnyState_SurvivesItsAddress()
    {
        var states =
            from filter in Any.Text
            from sort in Gen.Elements(JobFields.SortKeys.ToArray())
            from down in Gen.Elements(true, false)
            from selected in Any.Text
            from tab in Gen.Elements("", "settings", "json")
            select new FleetListState(filter, new TableSort(sort, down), selected, tab);

        Any.Holds(states, static state => FleetListState.Parse(QueryOf(state.ToUrl("/services/jobs")), JobFields.SortKeys, JobPane.TabKeys) == state);
    }

    [Fact]
    public void Addresses_OfDefaults_AreBare()
    {
        Assert.Equal("/services", ServicesPageState.Default.ToUrl());
        Assert.Equal(Path, ServicePageState.Default.ToUrl(Path));
        Assert.Equal("/services/jobs", FleetListState.Default.ToUrl(Urls.Jobs));
    }

    [Theory]
    [InlineData("?sort=nonsense&tab=nonsense&compare=onlyone")]
    [InlineData("?compare=..b")]
    [InlineData("?compare=a..")]
    [InlineData("?tab=")]
    [InlineData("?view=nonsense&days=31")]
    [InlineData("?&&=&%")]
    public void ServicePage_MalformedQuery_IsTheDefault(string query) => Assert.Equal(ServicePageState.Default, ServicePageState.Parse(query));

    [Fact]
    public void ServicePage_OpenWhileComparing_LeavesTheComparison()
    {
        var state = ServicePageState.Default.Compare("a", "b").Open("c");

        Assert.False(state.Comparing);
        Assert.Equal($"{Path}?revision=c", state.ToUrl(Path));
    }

    private static string QueryOf(string url) => url.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? url[at..] : "";
}
