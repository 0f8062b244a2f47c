namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The tables that verification reads, each in the order of its first column. <see cref="LedgerTables"/> lists the columns.</summary>
public enum LedgerTable
{
    /// <summary>Hashes of all leaves, which stay after pruning.</summary>
    Leaf,

    /// <summary>Bytes of the leaves.</summary>
    Event,

    /// <summary>Ranges of numbers that leaves declare void.</summary>
    Gap,

    /// <summary>What opens the commitments of a leaf.</summary>
    Disclosure,

    /// <summary>The columns that people search by, copied from the leaves.</summary>
    Search,

    /// <summary>The words that free text finds.</summary>
    Words,

    /// <summary>Receipts, by number.</summary>
    Receipt,

    /// <summary>Events that are not sealed yet, by number.</summary>
    Inbox,

    /// <summary>Pseudonyms of actors.</summary>
    Actor,

    /// <summary>Full tiles of level 0: 256 leaf hashes each.</summary>
    Tile0,

    /// <summary>Full tiles of level 1.</summary>
    Tile1,

    /// <summary>Full tiles of level 2.</summary>
    Tile2,

    /// <summary>Full tiles of level 3.</summary>
    Tile3,

    /// <summary>Signed checkpoints, by size.</summary>
    Checkpoint,

    /// <summary>Cosignatures of witnesses, by size and name.</summary>
    Cosignature,

    /// <summary>Which checkpoint was given to which anchor, by size and name.</summary>
    Anchor,

    /// <summary>How far the sealer has come, by name.</summary>
    Progress,
}
