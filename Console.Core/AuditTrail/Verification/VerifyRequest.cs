using System.Text.Json.Serialization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What is to be verified. Without a range: everything. Leaves outside of a range are represented by their tiles.</summary>
public sealed record VerifyRequest
{
    /// <summary>Leaves up to which a verification looks at everything unless told otherwise: it takes a few seconds there.</summary>
    public const long SmallLog = 250_000;

    /// <summary>Sealed at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Sealed before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Index of the first leaf; counts only where no time is given.</summary>
    public long? FromIndex { get; init; }

    /// <summary>Index behind the last leaf; counts only where no time is given.</summary>
    public long? ToIndex { get; init; }

    /// <summary>Also everything that the tree does not hold itself: disclosures against commitments, actors, receipts, words of the search.</summary>
    public bool Full { get; init; }

    /// <summary>As if <see cref="Full"/>, where the log has no more leaves than this: it costs nothing there.</summary>
    [JsonIgnore]
    public long FullUpTo { get; init; }

    /// <summary>True where nobody seals now, because the console is stopped: that events wait is then no problem.</summary>
    public bool SealerIsStopped { get; init; }

    /// <summary>Index from which a run that was cancelled goes on; what is below was verified by that run. Null for a run of its own.</summary>
    public long? ResumedAt { get; init; }

    /// <summary>When the first of the runs began that this one goes on with; null for a run of its own.</summary>
    public DateTimeOffset? ResumedRunBegan { get; init; }

    /// <summary>Problems that are listed; all are counted.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>True when all leaves are read.</summary>
    [JsonIgnore]
    public bool IsWhole => From is null && To is null && FromIndex is null && ToIndex is null;
}
