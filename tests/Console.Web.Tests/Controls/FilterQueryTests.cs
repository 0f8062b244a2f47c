using FsCheck.Fluent;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.Controls;

public sealed class FilterQueryTests
{
    [Theory]
    [InlineData("region:europe-west1", "region", FilterOperator.Has, "europe-west1", false)]
    [InlineData("-region:us", "region", FilterOperator.Has, "us", true)]
    [InlineData("REGION:us", "region", FilterOperator.Has, "us", false)]
    [InlineData("min:>0", "min", FilterOperator.Greater, "0", false)]
    [InlineData("min:>=2", "min", FilterOperator.AtLeast, "2", false)]
    [InlineData("max:<10", "max", FilterOperator.Less, "10", false)]
    [InlineData("max:<=10", "max", FilterOperator.AtMost, "10", false)]
    [InlineData("state:=ready", "state", FilterOperator.Is, "ready", false)]
    [InlineData("label:\"team:pay now\"", "label", FilterOperator.Has, "team:pay now", false)]
    [InlineData("checkout", "", FilterOperator.Has, "checkout", false)]
    [InlineData("-checkout", "", FilterOperator.Has, "checkout", true)]
    [InlineData("\"two words\"", "", FilterOperator.Has, "two words", false)]
    [InlineData("-", "", FilterOperator.Has, "-", false)]
    [InlineData("\"never closed", "", FilterOperator.Has, "never closed", false)]
    [InlineData("label:url:with:colons", "label", FilterOperator.Has, "url:with:colons", false)]
    public void Parse_OneTerm_IsRead(string text, string key, FilterOperator @operator, string value, bool negated) =>
        Assert.Equal(new FilterTerm(key, @operator, value, negated), Assert.Single(FilterQuery.Parse(text).Terms));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   \t ")]
    [InlineData("region:")]
    [InlineData("-region:  ")]
    public void Parse_NothingOrHalfTyped_AsksForNothing(string? text) => Assert.Empty(FilterQuery.Parse(text).Terms);

    [Fact]
    public void Parse_SeveralTerms_KeepsTheirOrder() =>
        Assert.Equal("region:europe -billing:request min:>0 checkout", FilterQuery.Parse("  region:europe  -billing:request min:>0\tcheckout").ToString());

    [Fact]
    public void Parse_OfPrinted_GivesTheSameTerms()
    {
        var operators = Enum.GetValues<FilterOperator>();
        var term =
            from key in Gen.Elements("", "region", "min", "a.b-c_d")
            from @operator in Gen.Elements(operators)
            from value in Any.Text
            from negated in Gen.Elements(true, false)
            select new FilterTerm(key, key.Length == 0 ? FilterOperator.Has : @operator, value, negated);

        Any.Holds(term.ListOf(), static terms => FilterQuery.Parse(FilterQuery.Of(terms).ToString()).Terms.SequenceEqual(terms));
    }

    [Fact]
    public void Parse_AnyText_NeverThrows_AndPrintingIsStable() =>
        Any.Holds(Any.Text, static text => FilterQuery.Parse(text).ToString() is var printed && FilterQuery.Parse(printed).ToString() == printed);
}
