namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>The stretch of time that a filter can match, so that the store searches no more than that.</summary>
/// <param name="From">First nanosecond.</param>
/// <param name="To">Last nanosecond.</param>
internal readonly record struct TimeBounds(long From, long To)
{
    public static readonly TimeBounds Always = new(long.MinValue, long.MaxValue);

    /// <summary>Bounds from the conditions that every match must meet; <c>OR</c> and <c>NOT</c> narrow nothing.</summary>
    public static TimeBounds Of(FilterNode node) => node switch
    {
        FilterNode.And and => and.Parts.Select(Of).Aggregate(Always, static (a, b) => a.Within(b)),
        FilterNode.Comparison { Field.Root: "timestamp" } c when EntryTime.TryParse(c.Value, out var time) => c.Operator switch
        {
            ComparisonOperator.Greater => new(time + 1, long.MaxValue),
            ComparisonOperator.GreaterOrEqual => new(time, long.MaxValue),
            ComparisonOperator.Less => new(long.MinValue, time - 1),
            ComparisonOperator.LessOrEqual => new(long.MinValue, time),
            ComparisonOperator.Equal => new(time, time),
            _ => Always,
        },
        _ => Always,
    };

    private TimeBounds Within(TimeBounds other) => new(Math.Max(From, other.From), Math.Min(To, other.To));
}
