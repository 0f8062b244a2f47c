using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.CloudRun;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.CloudRun;

public sealed class ServiceFieldsTests
{
    private static readonly Service[] Fleet =
    [
        Build.Service("api", "europe-west1", labels: new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "pay" }),
        Build.Service("shop", "us-east1", billing: BillingMode.InstanceBased, scaling: new ServiceScaling { MinInstanceCount = 2, MaxInstanceCount = 5 }),
        Build.Service("old", "us-east1", traffic: [Build.Pinned("old-00001-aaa")], updated: null),
        Build.Service("off", "asia-east1", scaling: new ServiceScaling { ScalingMode = ScalingMode.Manual, ManualInstanceCount = 0 }),
        Build.Service("bad", "asia-east1", project: "other-project", terminal: Build.Failed("no"), revisionScaling: new RevisionScaling { MinInstanceCount = 1, MaxInstanceCount = 3 }),
    ];

    [Theory]
    [InlineData("", "api bad off old shop")]
    [InlineData("region:us", "old shop")]
    [InlineData("-region:us -region:asia", "api")]
    [InlineData("billing:instance", "shop")]
    [InlineData("state:failed", "bad")]
    [InlineData("state:\"switched off\"", "off")]
    [InlineData("state:pinned", "old")]
    [InlineData("project:other", "bad")]
    [InlineData("label:team=pay", "api")]
    [InlineData("label:team", "api")]
    [InlineData("min:>0", "bad shop")]
    [InlineData("max:<10", "bad shop")]
    [InlineData("scaling:manual", "off")]
    [InlineData("revision:00001", "old")]
    [InlineData("memory:512", "api bad off old shop")]
    [InlineData("cpu:>1", "")]
    [InlineData("SHOP", "shop")]
    public void Apply_Filter_KeepsMatches(string filter, string names) =>
        Assert.Equal(names, string.Join(' ', ServiceFields.Apply(Fleet, FilterQuery.Parse(filter), ServicesPageState.Default.Sort).Select(static s => s.Name.Id)));

    [Theory]
    [InlineData("name", true, "shop old off bad api")]
    [InlineData("region", false, "bad off api old shop")]
    [InlineData("min", true, "shop bad api off old")]
    [InlineData("max", false, "bad shop api off old")]
    public void Apply_Sort_OrdersAndKeepsNamesInOrderBelow(string column, bool descending, string names) =>
        Assert.Equal(names, string.Join(' ', ServiceFields.Apply(Fleet, FilterQuery.Empty, new TableSort(column, descending)).Select(static s => s.Name.Id)));

    [Fact]
    public void Apply_EverySortKey_Sorts() =>
        Assert.All(ServiceFields.SortKeys, static key => Assert.Equal(5, ServiceFields.Apply(Fleet, FilterQuery.Empty, new TableSort(key, Descending: true)).Count));

    [Fact]
    public void Hints_Examples_AreUnderstood() =>
        Assert.All(ServiceFields.Hints, static hint => Assert.Empty(ServiceFields.Filter.Problems(FilterQuery.Parse(hint.Example))));

    [Fact]
    public void RevisionHints_Examples_AreUnderstood() =>
        Assert.All(RevisionFields.Hints, static hint => Assert.Empty(RevisionFields.Filter.Problems(FilterQuery.Parse(hint.Example))));

    [Fact]
    public void EveryRevisionSortKey_Sorts()
    {
        RevisionRow[] rows = [new(Build.Revision("checkout-00001-aaa", created: Build.Now.AddDays(-9)), 0, []), new(Build.Revision(), 100, [])];

        Assert.All(RevisionFields.SortKeys, key => Assert.Equal(2, RevisionFields.Apply(rows, FilterQuery.Empty, new TableSort(key, Descending: true)).Count));
        Assert.Equal("checkout-00002-bbb", RevisionFields.Apply(rows, FilterQuery.Parse("traffic:>0"), ServicePageState.Default.Sort).Single().Revision.Name.Id);
    }

    [Fact]
    public void Words_OfScaling_SayBothLevels()
    {
        Assert.Equal("2", CloudRunWords.Minimum(Fleet[1]));
        Assert.Equal("5 · rev 100", CloudRunWords.Maximum(Fleet[1]));
        Assert.Equal("manual 0", CloudRunWords.Minimum(Fleet[3]));
        Assert.Equal("0 · rev 1", CloudRunWords.Minimum(Fleet[4]));
        Assert.Equal("rev 3", CloudRunWords.Maximum(Fleet[4]));
    }
}
