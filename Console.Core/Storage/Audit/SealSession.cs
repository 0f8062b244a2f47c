using System.Data.Common;
using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>What both databases do alike while the sealer has its place.</summary>
internal abstract class SealSession(AuditSql sql) : ISealSession
{
    /// <summary>Name of the watermark of settled numbers.</summary>
    protected const string Settled = "settled";

    /// <summary>Name of the watermark of indexed leaves.</summary>
    protected const string Indexed = "indexed";

    // A longer inbox is measured by its first and last number: counting it once a second would be what keeps it long.
    private const int Exactly = 10_000;

    /// <summary>The database's own words.</summary>
    protected AuditSql Sql => sql;

    /// <inheritdoc />
    public Task<SealState> LoadAsync(CancellationToken cancellationToken) =>
        ReadAsync(
            "be sealed",
            async connection =>
            {
                await PrepareAsync(connection, cancellationToken);
                var size = await ScalarAsync(connection, $"SELECT coalesce(max(leaf_index) + 1, 0) FROM {sql.Table("leaf")}", cancellationToken);
                var edge = new List<ReadOnlyMemory<byte>>();
                foreach (var tile in Tile.Edge(size))
                {
                    edge.Add(await TileRows.ReadAsync(sql, connection, null, tile, cancellationToken));
                }

                var checkpoint = await CheckpointRows.ReadAsync(sql, connection, null, "ORDER BY c.size DESC LIMIT 1", [], cancellationToken);
                return new SealState(
                    new TileBuilder(size, edge),
                    checkpoint is [var latest, ..] ? latest : null,
                    await ScalarAsync(connection, $"SELECT coalesce(max(value), 0) FROM {sql.Table("progress")} WHERE name = '{Settled}'", cancellationToken));
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<InboxPage> ReadInboxAsync(int most, CancellationToken cancellationToken) =>
        ReadAsync("be sealed", connection => ReadPageAsync(connection, 0, most, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public abstract Task<InboxPage> ReadAheadAsync(long after, int most, CancellationToken cancellationToken);

    /// <inheritdoc />
    public Task<InboxBacklog> BacklogAsync(CancellationToken cancellationToken) =>
        ReadAsync("be sealed", connection => BacklogAsync(sql, connection, cancellationToken), cancellationToken);

    /// <summary>The same on any connection.</summary>
    internal static async Task<InboxBacklog> BacklogAsync(AuditSql sql, DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(
            connection,
            null,
            $"""
            SELECT CASE WHEN count(*) <= {Exactly} THEN count(*) ELSE (SELECT max(seq) - min(seq) + 1 FROM {sql.Table("inbox")}) END, min(recorded_at),
                coalesce((SELECT max(leaf_index) + 1 FROM {sql.Table("leaf")}), 0) - coalesce((SELECT value FROM {sql.Table("progress")} WHERE name = '{Indexed}'), 0)
            FROM (SELECT recorded_at FROM {sql.Table("inbox")} ORDER BY seq LIMIT {Exactly + 1}) oldest
            """);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new InboxBacklog(row.GetInt64(0), row.IsDBNull(1) ? null : sql.ReadTime(row, 1), row.GetInt64(2));
    }

    /// <inheritdoc />
    public Task<SettledNumbers?> SettleAsync(long settled, CancellationToken cancellationToken) =>
        ReadAsync(
            "be sealed",
            async connection =>
            {
                var through = await CertainAsync(connection, settled, cancellationToken);
                return through > settled ? await GapsAsync(connection, settled, through, cancellationToken) : null;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<ActorKey, string>> ActorRefsAsync(IReadOnlyCollection<ActorKey> actors, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyDictionary<ActorKey, string>>(
            "be sealed",
            async connection =>
            {
                var found = new Dictionary<ActorKey, string>();
                foreach (var some in actors.Chunk(500))
                {
                    await using var command = AuditSql.Command(connection, null, "");
                    command.CommandText = $"SELECT type, id, ref FROM {sql.Table("actor")} WHERE id IN ({string.Join(", ", some.Select(actor => AuditSql.Add(command, actor.Id)))})";
                    await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                    while (await rows.ReadAsync(cancellationToken))
                    {
                        found[new ActorKey(AuditWords.ActorType(rows.GetString(0)) ?? AuditActorType.System, rows.GetString(1))] = rows.GetString(2);
                    }
                }

                return found;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task SealAsync(SealBatch batch, CancellationToken cancellationToken) =>
        WriteAsync(
            "be sealed",
            async (connection, transaction) =>
            {
                await AddAsync(connection, transaction, batch, cancellationToken);
                if (batch.Settled is { } settled)
                {
                    await ProgressAsync(connection, transaction, Settled, settled, cancellationToken);
                }

                CrashPoints.At(CrashStep.SealBatchWritten);
                return 0;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task SaveAsync(SignedCheckpoint checkpoint, DateTimeOffset signedAt, CancellationToken cancellationToken) =>
        WriteAsync(
            "keep its checkpoint",
            async (connection, transaction) =>
            {
                await using var command = AuditSql.Command(
                    connection,
                    transaction,
                    $"INSERT INTO {sql.Table("checkpoint")} (size, root, note, signed_at) VALUES (@p0, @p1, @p2, @p3)",
                    checkpoint.Checkpoint.Size,
                    checkpoint.Checkpoint.Root.Bytes.ToArray(),
                    checkpoint.ToString(),
                    sql.Time(signedAt));
                var kept = await command.ExecuteNonQueryAsync(cancellationToken);
                CrashPoints.At(CrashStep.CheckpointWritten);
                return kept;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<int> IndexAsync(int most, CancellationToken cancellationToken) =>
        WriteAsync(
            "be indexed",
            async (connection, transaction) =>
            {
                var from = await ScalarAsync(connection, $"SELECT coalesce(max(value), 0) FROM {sql.Table("progress")} WHERE name = '{Indexed}'", cancellationToken, transaction);
                var rows = new List<SearchRow>();
                var taken = 0;
                var last = from - 1;
                await using (var command = AuditSql.Command(
                    connection,
                    transaction,
                    string.Create(CultureInfo.InvariantCulture, $"""
                        SELECT {AuditRows.SealedColumns} FROM {sql.Table("event")} e LEFT JOIN {sql.Table("disclosure")} d ON d.leaf_index = e.leaf_index
                        WHERE e.leaf_index >= @p0 ORDER BY e.leaf_index LIMIT {most}
                        """),
                    from))
                {
                    await using var leaves = await command.ExecuteReaderAsync(cancellationToken);
                    while (await leaves.ReadAsync(cancellationToken))
                    {
                        taken++;
                        last = leaves.GetInt64(0);
                        if (SearchRow.Of(last, sql.ReadTime(leaves, 1), leaves.GetFieldValue<byte[]>(2), leaves.IsDBNull(3) ? null : leaves.GetString(3)) is { } row)
                        {
                            rows.Add(row);
                        }
                    }
                }

                if (taken > 0)
                {
                    await AddAsync(connection, transaction, rows, cancellationToken);
                    await ProgressAsync(connection, transaction, Indexed, last + 1, cancellationToken);
                    CrashPoints.At(CrashStep.IndexWritten);
                }

                return taken;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task ForgetActorsAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            "forget actors",
            async (connection, transaction) =>
            {
                await ForgetActorsAsync(connection, transaction, cancellationToken);
                return 0;
            },
            cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <summary>Removes the rows of actors that no event names any more.</summary>
    protected abstract Task ForgetActorsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Makes what sealing needs, such as partitions of the months to come.</summary>
    protected abstract Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>The last number of which all before it is certain: no transaction that has one of them is still running.</summary>
    protected abstract Task<long> CertainAsync(DbConnection connection, long settled, CancellationToken cancellationToken);

    /// <summary>Adds a batch and takes its events from the inbox.</summary>
    protected abstract Task AddAsync(DbConnection connection, DbTransaction transaction, SealBatch batch, CancellationToken cancellationToken);

    /// <summary>Adds rows of the search table.</summary>
    protected abstract Task AddAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<SearchRow> rows, CancellationToken cancellationToken);

    /// <summary>A page of the inbox.</summary>
    protected abstract Task<InboxPage> ReadPageAsync(DbConnection connection, long after, int most, CancellationToken cancellationToken);

    /// <summary>Reads outside of a transaction.</summary>
    protected abstract Task<T> ReadAsync<T>(string what, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction that is durable when the task ends.</summary>
    protected abstract Task<T> WriteAsync<T>(string what, Func<DbConnection, DbTransaction, Task<T>> write, CancellationToken cancellationToken);

    private async Task ProgressAsync(DbConnection connection, DbTransaction transaction, string name, long value, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(
            connection,
            transaction,
            $"INSERT INTO {sql.Table("progress")} (name, value) VALUES (@p0, @p1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name,
            value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The numbers that are there, and what lies between two neighbours.
    private async Task<SettledNumbers> GapsAsync(DbConnection connection, long settled, long through, CancellationToken cancellationToken)
    {
        var gaps = new List<(long From, long To)>();
        await using (var command = AuditSql.Command(
            connection,
            null,
            $"""
            SELECT before + 1, seq - 1 FROM (
                SELECT seq, lag(seq, 1, @p0) OVER (ORDER BY seq) AS before FROM (
                    SELECT seq FROM {sql.Table("leaf")} WHERE seq > @p0 AND seq <= @p1
                    UNION ALL SELECT seq FROM {sql.Table("inbox")} WHERE seq > @p0 AND seq <= @p1
                    UNION ALL SELECT @p1 + 1) present) neighbours
            WHERE seq > before + 1 ORDER BY seq
            """,
            settled,
            through))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                gaps.Add((rows.GetInt64(0), rows.GetInt64(1)));
            }
        }

        var missing = new List<AuditReceipt>();
        var empty = new List<(long From, long To)>();
        foreach (var (from, to) in gaps)
        {
            var next = from;
            await using var command = AuditSql.Command(
                connection, null, $"SELECT workspace, id, seq, recorded_at FROM {sql.Table("receipt")} WHERE seq >= @p0 AND seq <= @p1 ORDER BY seq", from, to);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                var receipt = new AuditReceipt(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), sql.ReadTime(rows, 3));
                missing.Add(receipt);
                if (receipt.Sequence > next)
                {
                    empty.Add((next, receipt.Sequence - 1));
                }

                next = receipt.Sequence + 1;
            }

            if (next <= to)
            {
                empty.Add((next, to));
            }
        }

        return new SettledNumbers(through, empty, missing);
    }

    private static async Task<long> ScalarAsync(DbConnection connection, string statement, CancellationToken cancellationToken, DbTransaction? transaction = null)
    {
        await using var command = AuditSql.Command(connection, transaction, statement);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
