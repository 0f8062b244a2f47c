namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>A parsed filter.</summary>
internal abstract record FilterNode
{
    /// <summary>All of the parts; none means everything matches.</summary>
    public sealed record And(IReadOnlyList<FilterNode> Parts) : FilterNode
    {
        public bool Equals(And? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => Parts.Count;
    }

    /// <summary>Any of the parts.</summary>
    public sealed record Or(IReadOnlyList<FilterNode> Parts) : FilterNode
    {
        public bool Equals(Or? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => Parts.Count;
    }

    public sealed record Not(FilterNode Part) : FilterNode;

    /// <summary><c>field op value</c>. <c>field=("a" OR "b")</c> is read as two of these.</summary>
    public sealed record Comparison(FieldPath Field, ComparisonOperator Operator, string Value, bool Quoted) : FilterNode;

    /// <summary>A value alone: some field contains it.</summary>
    public sealed record Global(string Text) : FilterNode;

    /// <summary><c>log_id("…")</c> and the other functions.</summary>
    public sealed record Function(string Name, IReadOnlyList<string> Arguments, FieldPath? Field) : FilterNode
    {
        public bool Equals(Function? other) =>
            other is not null && Name == other.Name && Equals(Field, other.Field) && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }
}
