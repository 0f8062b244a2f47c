using System.Text.RegularExpressions;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Compares texts as the filter language does: without regard to case, except regular expressions.</summary>
internal sealed class TextComparison
{
    private readonly ComparisonOperator comparison;
    private readonly string value;
    private readonly Regex? pattern;

    public TextComparison(ComparisonOperator comparison, string value)
    {
        this.comparison = comparison;
        this.value = value;
        pattern = comparison is ComparisonOperator.Match or ComparisonOperator.NotMatch ? FilterValues.Pattern(value) : null;
    }

    public bool Holds(string actual) => comparison switch
    {
        ComparisonOperator.Equal => string.Equals(actual, value, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.NotEqual => !string.Equals(actual, value, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.Has when value == "*" => actual.Length > 0,
        ComparisonOperator.Has => actual.Contains(value, StringComparison.OrdinalIgnoreCase),
        ComparisonOperator.Match => pattern!.IsMatch(actual),
        ComparisonOperator.NotMatch => !pattern!.IsMatch(actual),
        _ => Ordered(comparison, string.Compare(actual, value, StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Whether an order (negative, zero, positive) satisfies an operator.</summary>
    public static bool Ordered(ComparisonOperator comparison, int order) => comparison switch
    {
        ComparisonOperator.Equal or ComparisonOperator.Has => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        _ => false,
    };
}
