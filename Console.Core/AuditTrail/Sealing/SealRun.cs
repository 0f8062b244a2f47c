using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What a sealer knows during one session.</summary>
/// <param name="state">As it was loaded.</param>
internal sealed class SealRun(SealState state)
{
    // Events of a page at most, and what the last page was asked for.
    private int _limit = int.MaxValue;
    private int _asked;

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

    /// <summary>Makes the leaves.</summary>
    public LeafBatch Leaves { get; } = new();

    /// <summary>The drafts of the batch behind the one that is sealed; null when none are on their way.</summary>
    public Task<LeafDrafts>? Ahead { get; set; }

    /// <summary>Batches that were read behind each other.</summary>
    public int InARow { get; set; }

    /// <summary>As last seen.</summary>
    public InboxBacklog? Backlog { get; set; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When actors without events were forgotten last.</summary>
    public DateTimeOffset? ForgotAt { get; set; }

    /// <summary>How many events the next page is asked for: fewer after one that ended by its bytes, then more again.</summary>
    /// <param name="most">Never more than these.</param>
    public int Ask(int most) => _asked = Math.Min(most, _limit);

    /// <summary>Learns from the page that was asked for last.</summary>
    /// <param name="drafts">Its drafts.</param>
    public void Learn(LeafDrafts drafts) =>
        _limit = drafts.HasMore && drafts.Leaves.Length < _asked ? Math.Max(1, drafts.Leaves.Length) : (int)Math.Min(int.MaxValue, _limit * 2L);
}
