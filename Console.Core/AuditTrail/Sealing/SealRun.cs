using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What a sealer knows during one session.</summary>
/// <param name="state">As it was loaded.</param>
internal sealed class SealRun(SealState state)
{
    /// <summary>The tree.</summary>
    public TileBuilder Tiles { get; } = state.Tiles;

    /// <summary>Size of the last checkpoint; 0 before the first.</summary>
    public long CheckpointSize { get; set; } = state.Checkpoint?.Size ?? 0;

    /// <summary>When that was signed; null when the next need not wait.</summary>
    public DateTimeOffset? CheckpointAt { get; set; } = state.Checkpoint?.SignedAt;

    /// <summary>Every number up to here is sealed or void.</summary>
    public long Settled { get; set; } = state.Settled;

    /// <summary>True while the search index may lack leaves.</summary>
    public bool NeedsIndex { get; set; } = true;

    /// <summary>True from the moment that leaves are added to the tree here until they are durable: nothing may be signed then.</summary>
    public bool IsAhead { get; set; }

    /// <summary>As last seen.</summary>
    public InboxBacklog? Backlog { get; set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When actors without events were forgotten last.</summary>
    public DateTimeOffset? ForgotAt { get; set; }
}
