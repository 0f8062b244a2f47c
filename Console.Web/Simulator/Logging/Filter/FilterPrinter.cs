using System.Text;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Prints a filter so that parsing gives the same tree.</summary>
internal static class FilterPrinter
{
    public static string Print(FilterNode node) => node switch
    {
        FilterNode.And { Parts.Count: 0 } => "",
        FilterNode.And and => string.Join(" AND ", and.Parts.Select(Part)),
        FilterNode.Or or => string.Join(" OR ", or.Parts.Select(Part)),
        FilterNode.Not not => "NOT " + Part(not.Part),
        FilterNode.Comparison c => $"{Path(c.Field)}{Symbol(c.Operator)}{(c.Quoted ? Quote(c.Value) : c.Value)}",
        FilterNode.Global g => Quote(g.Text),
        FilterNode.Function f =>
            $"{f.Name}({string.Join(", ", (f.Field is null ? [] : new[] { Path(f.Field) }).Concat(f.Arguments.Select(Quote)))})",
        _ => throw new InvalidOperationException($"No way to print {node.GetType().Name}."),
    };

    private static string Part(FilterNode node) => node is FilterNode.And or FilterNode.Or ? $"({Print(node)})" : Print(node);

    private static string Path(FieldPath path) => string.Join('.', path.Segments.Select((s, i) => i == 0 || s.All(IsPlain) ? s : Quote(s)));

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Has => ":",
        ComparisonOperator.Match => "=~",
        _ => "!~",
    };
}
