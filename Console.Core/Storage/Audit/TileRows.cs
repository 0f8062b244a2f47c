using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Tiles out of the database: full ones are stored, partial ones are made from the leaf hashes, or from the full tiles below them.</summary>
internal static class TileRows
{
    /// <summary>One tile.</summary>
    /// <exception cref="MissingTileException">Its rows are not all there.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(AuditSql sql, DbConnection connection, DbTransaction? transaction, Tile tile, CancellationToken cancellationToken)
    {
        await using (var stored = AuditSql.Command(connection, transaction, $"SELECT hashes FROM {sql.Table("tile")} WHERE level = @p0 AND n = @p1", (short)tile.Level, tile.Index))
        {
            // A tile that has grown meanwhile begins with the same hashes.
            if (await stored.ExecuteScalarAsync(cancellationToken) is byte[] hashes && hashes.Length == Tile.FullWidth * MerkleHash.Size)
            {
                return hashes.AsMemory(0, tile.Bytes);
            }
        }

        if (tile.IsFull && tile.Level > 0)
        {
            throw new MissingTileException(tile);
        }

        return tile.Level == 0
            ? await LeavesAsync(sql, connection, transaction, tile, cancellationToken)
            : await RootsAsync(sql, connection, transaction, tile, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> LeavesAsync(AuditSql sql, DbConnection connection, DbTransaction? transaction, Tile tile, CancellationToken cancellationToken)
    {
        var first = tile.Index * Tile.FullWidth;
        await using var command = AuditSql.Command(
            connection,
            transaction,
            $"SELECT leaf_index, hash FROM {sql.Table("leaf")} WHERE leaf_index >= @p0 AND leaf_index < @p1 ORDER BY leaf_index",
            first,
            first + tile.Width);
        return await CollectAsync(command, tile, first, static hash => hash.Length == MerkleHash.Size ? hash : null, cancellationToken);
    }

    private static async Task<ReadOnlyMemory<byte>> RootsAsync(AuditSql sql, DbConnection connection, DbTransaction? transaction, Tile tile, CancellationToken cancellationToken)
    {
        var first = tile.Index * Tile.FullWidth;
        await using var command = AuditSql.Command(
            connection,
            transaction,
            string.Create(CultureInfo.InvariantCulture, $"SELECT n, hashes FROM {sql.Table("tile")} WHERE level = {tile.Level - 1} AND n >= @p0 AND n < @p1 ORDER BY n"),
            first,
            first + tile.Width);
        return await CollectAsync(command, tile, first, Root, cancellationToken);
    }

    private static byte[]? Root(byte[] hashes)
    {
        if (hashes.Length != Tile.FullWidth * MerkleHash.Size)
        {
            return null;
        }

        var root = TreeHasher.Complete(MerkleHash.Many(hashes));
        return MemoryMarshal.AsBytes(new ReadOnlySpan<MerkleHash>(in root)).ToArray();
    }

    private static async Task<ReadOnlyMemory<byte>> CollectAsync(DbCommand command, Tile tile, long first, Func<byte[], byte[]?> hashOf, CancellationToken cancellationToken)
    {
        var bytes = new byte[tile.Bytes];
        var next = first;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetInt64(0) != next || hashOf(rows.GetFieldValue<byte[]>(1)) is not { } hash)
            {
                throw new MissingTileException(tile);
            }

            hash.CopyTo(bytes, (int)(next - first) * MerkleHash.Size);
            next++;
        }

        return next == first + tile.Width ? bytes : throw new MissingTileException(tile);
    }
}
