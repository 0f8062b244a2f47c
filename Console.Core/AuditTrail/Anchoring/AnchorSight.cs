namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>What an anchor shows.</summary>
public abstract record AnchorSight
{
    private AnchorSight()
    {
    }

    /// <summary>Its checkpoints.</summary>
    /// <param name="Checkpoints">In any order.</param>
    /// <param name="IsAll">False when older ones were left out.</param>
    public sealed record Seen(IReadOnlyList<AnchoredNote> Checkpoints, bool IsAll) : AnchorSight;

    /// <summary>It could not be read.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Unreachable(string Reason) : AnchorSight;
}
