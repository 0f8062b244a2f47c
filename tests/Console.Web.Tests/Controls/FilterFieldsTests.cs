using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Controls;

public sealed class FilterFieldsTests
{
    private static readonly FilterFields<Row> Fields = new(
        [
            new("region", "where", "region:x", static r => [r.Region]),
            new("min", "how many", "min:>0", static r => [$"{r.Min}"], static r => r.Min),
        ],
        static r => [r.Name]);

    private static readonly Row[] Rows = [new("api", "europe-west1", 0), new("shop", "us-east1", 1), new("batch", "us-central1", 10), new("lost", "us-west1", null)];

    [Theory]
    [InlineData("", "api shop batch lost")]
    [InlineData("region:us", "shop batch lost")]
    [InlineData("REGION:US-EAST1", "shop")]
    [InlineData("region:us-east1 region:europe", "api shop")]
    [InlineData("-region:us", "api")]
    [InlineData("-region:us-east1 -region:europe", "batch lost")]
    [InlineData("region:us -region:east", "batch lost")]
    [InlineData("region:=us", "")]
    [InlineData("region:=us-east1", "shop")]
    [InlineData("min:1", "shop")]
    [InlineData("min:>0", "shop batch")]
    [InlineData("min:>=1 min:<10", "shop")]
    [InlineData("min:<=0", "api")]
    [InlineData("-min:>0", "api lost")]
    [InlineData("a -batch", "api")]
    [InlineData("o region:us", "shop lost")]
    [InlineData("nothing:here", "")]
    [InlineData("min:>many", "")]
    public void Where_Query_KeepsMatchingRows(string query, string names) =>
        Assert.Equal(names, string.Join(' ', Fields.Where(Rows, FilterQuery.Parse(query)).Select(static r => r.Name)));

    [Fact]
    public void Problems_UnknownQualifierTextComparedAndNoNumber_AreAllSaid()
    {
        var problems = Fields.Problems(FilterQuery.Parse("zone:a region:>5 min:>many min:>1 text"));

        Assert.Collection(
            problems,
            static p => Assert.Contains("no qualifier zone:", p, StringComparison.Ordinal),
            static p => Assert.Contains("region: is not a number", p, StringComparison.Ordinal),
            static p => Assert.Contains("min: needs a number", p, StringComparison.Ordinal));
    }

    private sealed record Row(string Name, string Region, int? Min);
}
