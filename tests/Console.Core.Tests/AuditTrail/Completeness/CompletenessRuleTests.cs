using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Completeness;

namespace OpsConsole.Core.Tests.AuditTrail.Completeness;

public sealed class CompletenessRuleTests
{
    [Theory]
    [InlineData("/**", "/", true)]
    [InlineData("/**", "/orders/1?x=2", true)]
    [InlineData("/orders", "/orders", true)]
    [InlineData("/orders", "/orders/", true)]
    [InlineData("/orders", "/orders?dry=1", true)]
    [InlineData("/orders", "/orders/1", false)]
    [InlineData("/orders", "/Orders", false)]
    [InlineData("/orders/**", "/orders", true)]
    [InlineData("/orders/**", "/orders/1/items/2", true)]
    [InlineData("/orders/**", "/ordersx", false)]
    [InlineData("/orders/*/confirm", "/orders/17/confirm", true)]
    [InlineData("/orders/*/confirm", "/orders/confirm", false)]
    [InlineData("/orders/*/confirm", "/orders/17/18/confirm", false)]
    public void Matches_Path_BySegments(string pattern, string path, bool expected) =>
        Assert.Equal(expected, PathPattern.Parse(pattern, out _)!.Matches(path));

    [Theory]
    [InlineData("orders", "slash")]
    [InlineData("/orders/*.json", "whole segment")]
    [InlineData("/**/confirm", "only be the last")]
    [InlineData("/orders?x=1", "without its query")]
    public void Parse_NotAPattern_SaysWhy(string pattern, string because)
    {
        Assert.Null(PathPattern.Parse(pattern, out var problem));
        Assert.Contains(because, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", 201, true)]
    [InlineData("DELETE", 204, true)]
    [InlineData("PATCH", 399, true)]
    [InlineData("POST", 422, false)]
    [InlineData("GET", 200, false)]
    public void Default_EverySuccessfulWrite_MustLeaveAnEvent(string method, int status, bool expected) =>
        Assert.Equal(expected, CompletenessRules.Default.For(method, "/x", status)?.Required ?? false);

    [Fact]
    public void For_ExceptionBeforeTheRule_Decides()
    {
        var rules = new CompletenessRules { Rules = [new CompletenessRule { Path = "/search", Required = false }, .. CompletenessRules.Default.Rules] };

        Assert.False(rules.For("POST", "/search", 200)!.Required);
        Assert.True(rules.For("POST", "/orders", 200)!.Required);
    }

    [Fact]
    public void Problems_EachMistake_IsNamed()
    {
        var rules = new CompletenessRules
        {
            Rules = [new CompletenessRule { Methods = ["post"] }, new CompletenessRule { Path = "x" }, new CompletenessRule { StatusFrom = 500, StatusTo = 200 }, new CompletenessRule { Action = "order created" }],
        };

        Assert.Collection(
            rules.Problems,
            static p => Assert.Contains("post", p, StringComparison.Ordinal),
            static p => Assert.Contains("slash", p, StringComparison.Ordinal),
            static p => Assert.Contains("500–200", p, StringComparison.Ordinal),
            static p => Assert.Contains("order created", p, StringComparison.Ordinal));
        Assert.Contains("nothing could ever be missing", Assert.Single(new CompletenessRules { Rules = [new CompletenessRule { Required = false }] }.Problems), StringComparison.Ordinal);
        Assert.Empty(CompletenessRules.Default.Problems);
    }

    [Fact]
    public void Json_AnyRules_ComeBackAsTheyWere() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static seed =>
    {
        var random = new Random(seed);
        var rules = new CompletenessRules
        {
            Clock = (CompletenessClock)random.Next(2),
            Rules =
            [
                .. Enumerable.Range(0, random.Next(5)).Select(_ => new CompletenessRule
                {
                    Methods = random.Next(2) == 0 ? [] : ["POST", "PUT"],
                    Path = random.Next(2) == 0 ? "/**" : "/orders/*/confirm",
                    StatusFrom = random.Next(100, 300),
                    StatusTo = random.Next(300, 599),
                    Action = random.Next(2) == 0 ? "" : "order.*",
                    Required = random.Next(3) > 0,
                }),
            ],
        };
        Assert.Equal(rules, CompletenessRules.FromJson(rules.ToJson()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FromJson_SomethingElse_Null()
    {
        Assert.Null(CompletenessRules.FromJson("[1]"));
        Assert.Null(CompletenessRules.FromJson("""{"rules":3}"""));
    }
}
