using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification.Comparing;

/// <summary>What comes of comparing a checkpoint from elsewhere with this log.</summary>
public abstract record LogComparison
{
    private LogComparison()
    {
    }

    /// <summary>This log begins with exactly the leaves that the checkpoint is over.</summary>
    /// <param name="Older">The checkpoint from elsewhere, or the older of two.</param>
    /// <param name="Proof">From its size to this log's latest checkpoint; verified.</param>
    public sealed record Consistent(SignedCheckpoint Older, ConsistencyFile Proof) : LogComparison;

    /// <summary>The checkpoint is over other leaves than this log has: two histories. If this log signed both, that is proof against whoever holds its key.</summary>
    /// <param name="Other">The checkpoint from elsewhere.</param>
    /// <param name="Own">This log's latest.</param>
    public sealed record Fork(SignedCheckpoint Other, SignedCheckpoint Own) : LogComparison;

    /// <summary>The checkpoint is over more leaves than this log has: it was set back.</summary>
    /// <param name="Other">The checkpoint from elsewhere.</param>
    /// <param name="Own">This log's latest; null when it has none.</param>
    public sealed record RolledBack(SignedCheckpoint Other, SignedCheckpoint? Own) : LogComparison;

    /// <summary>Nothing can be said: it is no checkpoint, of another log, or signed by nobody who is trusted.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Unknown(string Reason) : LogComparison;
}
