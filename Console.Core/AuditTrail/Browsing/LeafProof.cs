using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>What can be shown and handed out of one sealed leaf.</summary>
public sealed record LeafProof
{
    /// <summary>Index of the leaf.</summary>
    public required long Index { get; init; }

    /// <summary>Its hash, as the tree holds it.</summary>
    public required MerkleHash Hash { get; init; }

    /// <summary>Its bytes as stored; null when the event was pruned: the hash stays.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>What the bytes say; null when they cannot be read.</summary>
    public Leaf? Leaf { get; init; }

    /// <summary>The checkpoint that the proof leads to; null while none covers the leaf.</summary>
    public StoredCheckpoint? Checkpoint { get; init; }

    /// <summary>Witnesses that signed it too.</summary>
    public IReadOnlyList<CosignedBy> Cosigned { get; init; } = [];

    /// <summary>The way from the leaf to the checkpoint's root; null while none covers it.</summary>
    public InclusionProof? Inclusion { get; init; }

    /// <summary>True when the bytes have the hash, and the way from it ends at the checkpoint's root. Computed now, from what is stored.</summary>
    public bool Holds =>
        Bytes is not null && Checkpoint is not null && Inclusion is not null
        && TreeHasher.Leaf(Bytes) == Hash && Inclusion.TreeSize == Checkpoint.Signed.Checkpoint.Size && Inclusion.Verify(Hash, Checkpoint.Signed.Checkpoint.Root);
}
