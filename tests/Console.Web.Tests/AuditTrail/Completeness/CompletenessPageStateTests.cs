using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.WebUtilities;
using OpsConsole.Core.AuditTrail.Completeness;
using OpsConsole.Web.AuditTrail.Completeness;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.Tests.AuditTrail.Completeness;

public sealed class CompletenessPageStateTests
{
    private static readonly Gen<string> Text =
        from parts in Gen.Elements("a", "Z", "0", " x", "\"", ":", "-", ">", "&", "?", "#", "%", "+", "/", "ü").ListOf()
        select string.Concat(parts).Trim();

    [Fact]
    public void Address_AnyState_SaysTheSame() => Prop.ForAll(
        (from text in Text
         from service in Text
         from tab in Gen.Elements(["", CompletenessPageState.RulesTab, CompletenessPageState.ExtraTab, .. CompletenessWords.All.Select(static s => s.Word())])
         from minutes in Gen.Choose(0, int.MaxValue)
         from column in Gen.Elements(CompletenessRows.SortKeys.ToArray())
         from down in Gen.Elements(true, false)
         select new CompletenessPageState
         {
             Source = text,
             Project = service,
             Location = text,
             Service = service,
             Tab = tab,
             Filter = text,
             Sort = new TableSort(column, down),
             From = minutes % 3 == 0 ? null : DateTimeOffset.UnixEpoch.AddSeconds(minutes),
         }).ToArbitrary(),
        static state =>
        {
            var query = QueryHelpers.ParseQuery(new Uri("http://x" + state.ToUrl()).Query);
            string Value(string name) => query.TryGetValue(name, out var values) ? values.ToString() : "";
            var again = new CompletenessPageState
            {
                Source = Value("source"),
                Project = Value("project"),
                Location = Value("location"),
                Service = Value("service"),
                Tab = CompletenessPageState.ParseTab(Value("tab")),
                Filter = Value("q"),
                Sort = TableSort.Parse(Value("sort"), CompletenessPageState.DefaultSort, CompletenessRows.SortKeys),
                From = CompletenessPageState.ParseTime(Value("from")),
                To = CompletenessPageState.ParseTime(Value("to")),
            };
            Assert.Equal(state, again);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ParseTab_Unknown_TheGravest() => Assert.Equal("", CompletenessPageState.ParseTab("<script>"));

    [Theory]
    [InlineData(-0.095, "−95 ms")]
    [InlineData(41, "+41 s")]
    public void After_Seconds_WithTheirSign(double seconds, string expected) => Assert.Equal(expected, CompletenessColumns.After(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void RuleDraft_OfARule_SaysTheSameAgain()
    {
        var rule = new CompletenessRule { Methods = ["POST", "PUT"], Path = "/orders/*", StatusFrom = 201, StatusTo = 204, Action = "order.*" };

        Assert.Equal(rule, RuleDraft.Of(rule).ToRule());
        Assert.Equal(["POST", "PUT"], new RuleDraft { Methods = " post;put " }.ToRule().Methods);

        // An exception asks for no action.
        Assert.Equal("", new RuleDraft { Action = "order.created", Required = false }.ToRule().Action);
    }
}
