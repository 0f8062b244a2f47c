using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// A place where the bytes, the leaf's hash and the tiles do not agree. Which of them was changed is known at the next signed checkpoint: its
/// root holds for one of them.
/// </summary>
/// <param name="Index">First leaf.</param>
/// <param name="LastIndex">Last leaf: the same, or the last of a tile.</param>
/// <param name="Bytes">Hash of the stored bytes, or root over them; null where there are none.</param>
/// <param name="Row">The stored hash of the leaf; null where there is none.</param>
/// <param name="Tile">The hash in the stored tile; null where there is no full tile.</param>
/// <param name="LastGood">The last good checkpoint before.</param>
internal sealed record TreeDoubt(long Index, long LastIndex, MerkleHash? Bytes, MerkleHash? Row, MerkleHash? Tile, long? LastGood)
{
    /// <summary>Workspace of the event, as its bytes say.</summary>
    public string? Workspace { get; init; }

    /// <summary>Id of the event, as its bytes say.</summary>
    public string? EventId { get; init; }
}
