using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What a witness shows of a log.</summary>
public abstract record WitnessSight
{
    private WitnessSight()
    {
    }

    /// <summary>Its latest checkpoint; nothing of it is verified.</summary>
    /// <param name="Checkpoint">The checkpoint with its signatures.</param>
    public sealed record Seen(SignedCheckpoint Checkpoint) : WitnessSight;

    /// <summary>It knows no checkpoint of this log.</summary>
    public sealed record Nothing : WitnessSight;

    /// <summary>It could not be asked, or did not answer with a checkpoint.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Unreachable(string Reason) : WitnessSight;
}
