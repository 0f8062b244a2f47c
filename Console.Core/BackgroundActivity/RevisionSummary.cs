using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The numbers of one revision.</summary>
public sealed record RevisionSummary
{
    public required RevisionKey Key { get; init; }

    /// <summary>Requests that an instance took; aborted ones are not counted.</summary>
    public int Requests { get; init; }

    /// <summary>Requests with at least one after-response or resumed entry.</summary>
    public int RequestsWithAfterResponse { get; init; }

    public long AfterResponseEntries { get; init; }

    public long ResumedEntries { get; init; }

    public long IdleInstanceEntries { get; init; }

    public long UnattributedEntries { get; init; }

    /// <summary>All container entries of the revision, of any class but platform.</summary>
    public long ContainerEntries { get; init; }

    /// <summary>Longest time from a request's end to its last after-response or resumed entry, in seconds; null without any.</summary>
    public double? MaxTailSeconds { get; init; }

    /// <summary>95th percentile of the tails of requests that have one, in seconds.</summary>
    public double? P95TailSeconds { get; init; }

    /// <summary>Median of the tails of requests that have one, in seconds.</summary>
    public double? P50TailSeconds { get; init; }

    /// <summary>Longest time that resumed work stood still, in seconds.</summary>
    public double? LongestFreezeSeconds { get; init; }

    /// <summary>Requests whose work began after the response and never ended: the instance went away while it stood still.</summary>
    public int ProbablyLost { get; init; }

    /// <summary>Instances seen, and how many of them have no request entry at all (then the file cannot tell).</summary>
    public int Instances { get; init; }

    public int InstancesWithoutRequests { get; init; }

    /// <summary>The entries of requests that went well are missing: see <see cref="Analysis.WarningsOnly"/>.</summary>
    public bool WarningsOnly { get; init; }

    /// <summary>Lines land in one narrow slot of each 100 ms: work that ran without CPU allocated.</summary>
    public bool ThrottleFingerprint { get; init; }

    /// <summary>A short fixed sleep after each response: it narrows the window and guarantees nothing.</summary>
    public bool HeldOpenPattern { get; init; }

    /// <summary>Periodic work on idle instances was found (in-process cron, flushers).</summary>
    public bool PeriodicWork { get; init; }

    /// <summary>Known settings; null when unknown.</summary>
    public RevisionSettings? Settings { get; init; }

    public Verdict Verdict { get; init; }

    /// <summary>One sentence that says why, for people who are not engineers.</summary>
    public string VerdictReason { get; init; } = "";
}
