namespace OpsConsole.Core.Logs;

/// <summary>A query of Cloud Logging (entries:list).</summary>
public sealed record LogQuery
{
    public required string Project { get; init; }

    /// <summary>In the Logging query language; at most 20,000 characters.</summary>
    public required string Filter { get; init; }

    /// <summary>False is oldest first, Google's own default.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>1 to 1,000; larger is refused by Google.</summary>
    public int PageSize { get; init; } = 1000;
}
