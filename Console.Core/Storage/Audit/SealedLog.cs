using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>The sealed log out of either database.</summary>
public sealed class SealedLog : ISealedLog
{
    private const int LeavesAtOnce = 5_000;
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public SealedLog(ConsoleDatabase database, TimeProvider time) => _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(IReadOnlyList<Tile> tiles, CancellationToken cancellationToken) =>
        await WithAsync<IReadOnlyList<ReadOnlyMemory<byte>>>(
            async connection =>
            {
                var read = new List<ReadOnlyMemory<byte>>(tiles.Count);
                foreach (var tile in tiles)
                {
                    read.Add(await TileRows.ReadAsync(_sql, connection, null, tile, cancellationToken));
                }

                return read;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<StoredCheckpoint?> LatestAsync(CancellationToken cancellationToken) => OneAsync("ORDER BY c.size DESC LIMIT 1", [], cancellationToken);

    /// <inheritdoc />
    public Task<StoredCheckpoint?> LatestAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        OneAsync("WHERE c.signed_at <= @p0 ORDER BY c.size DESC LIMIT 1", [_sql.Time(at)], cancellationToken);

    /// <inheritdoc />
    public Task<StoredCheckpoint?> LatestCosignedAsync(CancellationToken cancellationToken) =>
        OneAsync($"WHERE c.size = (SELECT max(size) FROM {_sql.Table("cosignature")})", [], cancellationToken);

    /// <inheritdoc />
    public Task<StoredCheckpoint?> FirstCoveringAsync(long index, CancellationToken cancellationToken) =>
        OneAsync("WHERE c.size > @p0 ORDER BY c.size LIMIT 1", [index], cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredCheckpoint>> CheckpointsAsync(long above, int most, CancellationToken cancellationToken) =>
        WithAsync(
            connection => CheckpointRows.ReadAsync(_sql, connection, null, string.Create(CultureInfo.InvariantCulture, $"WHERE c.size > @p0 ORDER BY c.size LIMIT {most}"), [above], cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public Task<long?> IndexOfAsync(long sequence, CancellationToken cancellationToken) =>
        WithAsync(
            async connection =>
            {
                await using var command = AuditSql.Command(connection, null, $"SELECT leaf_index FROM {_sql.Table("leaf")} WHERE seq = @p0", sequence);
                return await command.ExecuteScalarAsync(cancellationToken) as long?;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<long, long>> IndexesOfAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        WithAsync<IReadOnlyDictionary<long, long>>(
            async connection =>
            {
                var found = new Dictionary<long, long>(sequences.Count);
                if (sequences.Count == 0)
                {
                    return found;
                }

                await using var command = AuditSql.Command(connection, null, "");
                command.CommandText = $"SELECT seq, leaf_index FROM {_sql.Table("leaf")} WHERE seq IN ({string.Join(", ", sequences.Select(sequence => AuditSql.Add(command, sequence)))})";
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                {
                    found[rows.GetInt64(0)] = rows.GetInt64(1);
                }

                return found;
            },
            cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredLeaf> LeavesAsync(long from, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (from < end)
        {
            var until = Math.Min(from + LeavesAtOnce, end);
            foreach (var leaf in await WithAsync(connection => LeavesAsync(connection, from, until, cancellationToken), cancellationToken))
            {
                yield return leaf;
            }

            from = until;
        }
    }

    /// <inheritdoc />
    public Task<long> AnchoredAsync(string anchor, CancellationToken cancellationToken) =>
        WithAsync(
            async connection =>
            {
                await using var command = AuditSql.Command(connection, null, $"SELECT coalesce(max(size), 0) FROM {_sql.Table("anchor")} WHERE name = @p0", anchor);
                return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            },
            cancellationToken);

    private async Task<IReadOnlyList<StoredLeaf>> LeavesAsync(DbConnection connection, long from, long until, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(
            connection, null, $"SELECT leaf_index, sealed_at, leaf FROM {_sql.Table("event")} WHERE leaf_index >= @p0 AND leaf_index < @p1 ORDER BY leaf_index", from, until);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var leaves = new List<StoredLeaf>();
        while (await rows.ReadAsync(cancellationToken))
        {
            leaves.Add(new StoredLeaf(rows.GetInt64(0), _sql.ReadTime(rows, 1), rows.GetFieldValue<byte[]>(2)));
        }

        return leaves;
    }

    private Task<StoredCheckpoint?> OneAsync(string condition, object?[] parameters, CancellationToken cancellationToken) =>
        WithAsync(
            async connection => (await CheckpointRows.ReadAsync(_sql, connection, null, condition, parameters, cancellationToken)) is [var one, ..] ? one : null,
            cancellationToken);

    private async Task<T> WithAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            return await read(connection);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }
}
