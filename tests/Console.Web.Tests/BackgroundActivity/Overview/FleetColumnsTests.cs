using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.Logs;
using OpsConsole.Web.BackgroundActivity.Overview;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.BackgroundActivity.Overview;

public sealed class FleetColumnsTests
{
    private static readonly FleetRow[] Rows =
    [
        Row("catalog", "europe-west1", Verdict.Quiet, null),
        Row("checkout", "europe-west1", Verdict.AtRisk, 12.4),
        Row("billing", "us-central1", Verdict.HasCpu, 3),
        Row("search", "us-central1", Verdict.CannotTell, null),
    ];

    [Theory]
    [InlineData("verdict:at-risk", "checkout")]
    [InlineData("verdict:has-cpu verdict:quiet", "catalog,billing")]
    [InlineData("region:us -service:search", "billing")]
    [InlineData("longest:>5", "checkout")]
    [InlineData("longest:<5", "billing")]
    [InlineData("check", "checkout")]
    [InlineData("", "catalog,checkout,billing,search")]
    public void Fields_WithQualifiers_LetMatchingRevisionsThrough(string filter, string services) =>
        Assert.Equal(services, string.Join(',', FleetColumns.Fields.Where(Rows, FilterQuery.Parse(filter)).Select(static row => row.Summary.Key.Service)));

    [Theory]
    [InlineData("-verdict", "checkout,billing,search,catalog")]
    [InlineData("service", "billing,catalog,checkout,search")]
    [InlineData("-longest", "checkout,billing,catalog,search")]
    [InlineData("longest", "billing,checkout,catalog,search")]
    public void Ordered_ByAColumn_PutsRowsWithoutAValueLast(string sort, string services) =>
        Assert.Equal(
            services,
            string.Join(',', FleetColumns.Ordered(Rows, TableSort.Parse(sort, BackgroundPageState.DefaultSort, FleetColumns.Keys)).Select(static row => row.Summary.Key.Service)));

    [Fact]
    public void Columns_ThatSort_AreAllKnown() =>
        Assert.All(FleetTable.Columns().Where(static column => column.Sortable), static column => Assert.Contains(column.Key, FleetColumns.Keys));

    private static FleetRow Row(string service, string region, Verdict verdict, double? longest) => new(
        AnalysisId.Live("acme-prod"),
        new RevisionSummary { Key = new RevisionKey("acme-prod", region, service, service + "-00001-abc"), Verdict = verdict, MaxTailSeconds = longest });
}
