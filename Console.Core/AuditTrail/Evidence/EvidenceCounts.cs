namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>What a bundle holds, in numbers.</summary>
public sealed record EvidenceCounts
{
    /// <summary>Lines of <c>leaves.ndjson</c>.</summary>
    public required long Leaves { get; init; }

    /// <summary>Leaves of events.</summary>
    public required long Events { get; init; }

    /// <summary>Events that are disclosed: lines of <c>disclosures.ndjson</c>.</summary>
    public required long Disclosed { get; init; }

    /// <summary>Fields that are disclosed.</summary>
    public required long Fields { get; init; }

    /// <summary>Fields of disclosed events that nothing opens, because they were erased.</summary>
    public required long Erased { get; init; }

    /// <summary>Leaves that declare numbers void.</summary>
    public required long Void { get; init; }

    /// <summary>Leaves that name an event which was taken away before it was sealed.</summary>
    public required long Missing { get; init; }

    /// <summary>Proof files of single events.</summary>
    public required long Proofs { get; init; }
}
