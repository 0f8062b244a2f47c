using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Web.Simulator.Logging.Filter;

namespace OpsConsole.Web.Tests.Simulator.Logging;

public sealed class FilterLawTests
{
    private static readonly string[][] Paths =
    [
        ["severity"], ["textPayload"], ["resource", "type"], ["resource", "labels", "service_name"], ["labels", "run.googleapis.com/execution_name"],
        ["jsonPayload", "a b", "c.d"], ["httpRequest", "requestUrl"], ["trace"], ["insertId"],
    ];

    private static Gen<FilterNode> Leaf =>
        from kind in Gen.Choose(0, 5)
        from path in Gen.Elements(Paths)
        from comparison in Gen.Elements(
            ComparisonOperator.Equal, ComparisonOperator.NotEqual, ComparisonOperator.Less, ComparisonOperator.GreaterOrEqual, ComparisonOperator.Has)
        from text in Gen.Elements("x", "ERROR", "a \"quoted\" word", "back\\slash", "line\nbreak", "AND", "-minus", "", "run.googleapis.com/stdout", "é ( )")
        select kind switch
        {
            0 => new FilterNode.Global(text),
            1 => new FilterNode.Function("log_id", [text], null),
            2 => new FilterNode.Function("SEARCH", [text], new FieldPath(["textPayload"])),
            _ when path[0] == "severity" => new FilterNode.Comparison(new FieldPath(path), comparison, "WARNING", false),
            _ => (FilterNode)new FilterNode.Comparison(new FieldPath(path), comparison, text, true),
        };

    private static Gen<FilterNode> Node(int depth) => depth == 0
        ? Leaf
        : Gen.OneOf(
            Leaf,
            Node(depth - 1).Select(n => (FilterNode)new FilterNode.Not(n)),
            Gen.ListOf(Node(depth - 1), 2).Select(l => (FilterNode)new FilterNode.And([.. l])),
            Gen.ListOf(Node(depth - 1), 3).Select(l => (FilterNode)new FilterNode.Or([.. l])));

    [Fact]
    public void Parse_WhatWasPrinted_GivesTheSameFilter() => Prop
        .ForAll(Node(3).ToArbitrary(), node => FilterParser.Parse(FilterPrinter.Print(node)).Equals(node))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_AnyText_ParsesOrSaysWhere() => Prop
        .ForAll(
            Gen.ListOf(Gen.Elements("a", "severity", ">=", "=", "(", ")", "\"q\"", "\"", "AND", "OR", "NOT", "-", "--", ":", "=~", "\n", ",", "log_id(", "x.y", "\\"))
                .Select(parts => string.Join(' ', parts)).ToArbitrary(),
            text =>
            {
                try
                {
                    return FilterParser.Parse(text) is not null;
                }
                catch (FilterSyntaxException e)
                {
                    return e.Message.Contains("line ", StringComparison.Ordinal);
                }
            })
        .QuickCheckThrowOnFailure();
}
