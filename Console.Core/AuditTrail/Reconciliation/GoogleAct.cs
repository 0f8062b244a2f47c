namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>The second book: one write in Google's own audit log. Of a long-running call, the entries of its start and its end together.</summary>
public sealed record GoogleAct
{
    public required BookKey Key { get; init; }

    /// <summary>The last part of the method: <c>UpdateService</c>, <c>ReplaceService</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Who, by the account that Google saw.</summary>
    public required string Principal { get; init; }

    /// <summary>The program that called; empty where the log does not say.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it ended; null where the log holds no end.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Name of its operation; empty without one.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Generation that it made; 0 where the log does not say.</summary>
    public long Generation { get; init; }

    /// <summary>Short name of the latest revision after it; empty where the log does not say.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Google's words where it failed; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>The service or worker pool after it, as JSON of the Admin API v2; null where the log does not hold it.</summary>
    public string? State { get; init; }

    /// <summary>insertIds of its entries.</summary>
    public IReadOnlyList<string> InsertIds { get; init; } = [];
}
