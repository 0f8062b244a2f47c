namespace OpsConsole.Core.Changes.Running;

/// <summary>What a change belongs to beyond itself; stands in its intent.</summary>
public sealed record ChangeContext
{
    /// <summary>A change for itself.</summary>
    public static ChangeContext Alone { get; } = new();

    /// <summary>Id of the bulk that it is a row of.</summary>
    public string? Bulk { get; init; }

    /// <summary>Id of the gradual move of traffic that it is a step of; null for the first step, which is the move's beginning.</summary>
    public string? Move { get; init; }

    /// <summary>Id of the request that a second person approved.</summary>
    public string? Approval { get; init; }
}
