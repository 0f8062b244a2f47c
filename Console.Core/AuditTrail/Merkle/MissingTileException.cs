namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>A tile that the tree must have is not there or has the wrong length: the store is damaged, or pruned below what was asked.</summary>
/// <param name="tile">Which.</param>
public sealed class MissingTileException(Tile tile) : Exception($"The log lacks {tile.Path}, or it is too short.")
{
    /// <summary>Which.</summary>
    public Tile Tile { get; } = tile;
}
