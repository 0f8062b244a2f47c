namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>What goes into a bundle. Without a range and a filter: everything that is sealed.</summary>
public sealed record EvidenceRequest
{
    /// <summary>Sealed at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Sealed before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Index of the first leaf; counts only where no time is given.</summary>
    public long? FromIndex { get; init; }

    /// <summary>Index behind the last leaf; counts only where no time is given.</summary>
    public long? ToIndex { get; init; }

    /// <summary>Which events are disclosed; null for all. The leaves of the others are there too, so that the list can be checked for gaps.</summary>
    public EvidenceFilter? Filter { get; init; }

    /// <summary>Disclosed events that get a proof file of their own, the first ones.</summary>
    public int ProofFiles { get; init; } = 1_000;

    /// <summary>True without a range.</summary>
    public bool IsWhole => From is null && To is null && FromIndex is null && ToIndex is null;
}
