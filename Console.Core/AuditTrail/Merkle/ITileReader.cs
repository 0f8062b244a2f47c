namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>Where the tiles of a log lie: a database, a folder, another log over HTTP.</summary>
public interface ITileReader
{
    /// <summary>
    /// Reads tiles: the answer has them in the order asked, each with exactly <see cref="Tile.Bytes"/> bytes. A wider tile of the same
    /// place begins with the same hashes, so a reader may cut one that has grown meanwhile.
    /// </summary>
    /// <param name="tiles">Few: a proof over ten million leaves asks for three to six.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MissingTileException">One is not there, or is too short.</exception>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<Tile> tiles, CancellationToken cancellationToken);
}
