namespace OpsConsole.Core.Changes.Bulk;

/// <summary>Settings of changes of several services; section <c>OpsConsole:Changes</c>.</summary>
/// <param name="Parallelism">How many services are changed at the same time.</param>
public sealed record BulkRules(int Parallelism)
{
    /// <summary>Three at a time.</summary>
    public static BulkRules Default { get; } = new(3);
}
