namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Path of a field: <c>resource.labels.service_name</c>, <c>labels."run.googleapis.com/execution_name"</c>.</summary>
internal sealed class FieldPath(string[] segments) : IEquatable<FieldPath>
{
    public IReadOnlyList<string> Segments { get; } = segments;

    /// <summary>The first segment.</summary>
    public string Root => Segments[0];

    public bool Equals(FieldPath? other) => other is not null && Segments.SequenceEqual(other.Segments, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    public override int GetHashCode() => Segments.Aggregate(17, (hash, s) => (hash * 31) + s.GetHashCode(StringComparison.Ordinal));

    public override string ToString() => string.Join('.', Segments);
}
