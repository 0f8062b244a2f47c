using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Sealing in SQLite. The sealer's place is a lock on a file beside the database.</summary>
internal sealed class SqliteSealSession(SqliteAuditSql sql, FileStream place) : SealSession(sql)
{
    /// <inheritdoc />
    public override ValueTask DisposeAsync() => place.DisposeAsync();

    /// <inheritdoc />
    public override Task<InboxPage> ReadAheadAsync(long after, int most, CancellationToken cancellationToken) =>
        ReadAsync("be sealed", connection => ReadPageAsync(connection, after, most, cancellationToken), cancellationToken);

    /// <inheritdoc />
    protected override async Task<InboxPage> ReadPageAsync(DbConnection connection, long after, int most, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(
            connection,
            null,
            string.Create(CultureInfo.InvariantCulture, $"SELECT {AuditRows.UnsealedColumns} FROM audit_inbox i WHERE i.seq > @p0 ORDER BY i.seq LIMIT {most}"),
            after);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var read = new List<InboxRow>();
        var bytes = 0L;
        while (bytes < InboxPage.Bytes && await rows.ReadAsync(cancellationToken))
        {
            var body = Encoding.UTF8.GetBytes(rows.GetString(6));
            bytes += body.Length;
            read.Add(new InboxRow(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), Sql.ReadTime(rows, 3), AuditWords.Via(rows.GetString(4)) ?? AuditVia.Sql, rows.GetString(5), body));
        }

        return new InboxPage(read, read.Count == most || bytes >= InboxPage.Bytes, []);
    }

    /// <inheritdoc />
    protected override Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    protected override async Task ForgetActorsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(
            connection,
            transaction,
            """
            INSERT INTO audit_permit (purpose) VALUES ('prune');
            DELETE FROM audit_actor WHERE NOT EXISTS (SELECT 1 FROM audit_search s WHERE s.actor_ref = audit_actor.ref)
                AND ref NOT IN (SELECT coalesce(json_extract(CAST(e.leaf AS TEXT), '$.actor.ref'), '') FROM audit_event e
                    WHERE e.leaf_index >= coalesce((SELECT value FROM audit_progress WHERE name = 'indexed'), 0));
            DELETE FROM audit_permit;
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<long> CertainAsync(DbConnection connection, long settled, CancellationToken cancellationToken)
    {
        // One writer at a time, and numbers roll back with their transaction: whatever was given out is committed. A gap is a row that was taken away.
        await using var command = AuditSql.Command(connection, null, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit_inbox'");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <inheritdoc />
    protected override Task AddAsync(DbConnection connection, DbTransaction transaction, SealBatch batch, CancellationToken cancellationToken)
    {
        using var leaf = Prepared(connection, transaction, "INSERT INTO audit_leaf (leaf_index, seq, hash) VALUES (@p0, @p1, @p2)", 3);
        using var entry = Prepared(connection, transaction, "INSERT INTO audit_event (leaf_index, sealed_at, leaf) VALUES (@p0, @p1, @p2)", 3);
        using var disclosure = Prepared(connection, transaction, "INSERT INTO audit_disclosure (leaf_index, items) VALUES (@p0, @p1)", 2);
        using var gap = Prepared(connection, transaction, "INSERT INTO audit_gap (leaf_index, from_seq, to_seq) VALUES (@p0, @p1, @p2)", 3);
        using var inbox = Prepared(connection, transaction, "DELETE FROM audit_inbox WHERE seq = @p0", 1);
        var sealedAt = SqliteAuditSql.Microseconds(batch.SealedAt);
        for (var i = 0; i < batch.Leaves.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var one = batch.Leaves[i];
            var index = batch.FirstIndex + i;
            Run(leaf, index, one.Sequence, one.Hash.Bytes.ToArray());
            Run(entry, index, sealedAt, one.Bytes.ToArray());
            if (one.Disclosures.Length > 0)
            {
                Run(disclosure, index, Encoding.ASCII.GetString(one.Disclosures.Span));
            }

            if (one.Void is { } empty)
            {
                Run(gap, index, empty.From, empty.To);
            }

            if (one.Sequence is { } sequence)
            {
                Run(inbox, sequence);
            }
        }

        CrashPoints.At(CrashStep.SealLeavesWritten);
        using var actor = Prepared(connection, transaction, "INSERT INTO audit_actor (ref, type, id, display_name) VALUES (@p0, @p1, @p2, @p3)", 4);
        foreach (var one in batch.Actors)
        {
            Run(actor, one.Ref, AuditWords.Of(one.Key.Type), one.Key.Id, one.DisplayName);
        }

        using var tile = Prepared(connection, transaction, "INSERT INTO audit_tile (level, n, hashes) VALUES (@p0, @p1, @p2)", 3);
        foreach (var one in batch.Tiles)
        {
            Run(tile, one.Tile.Level, one.Tile.Index, one.Hashes.ToArray());
        }

        CrashPoints.At(CrashStep.SealTilesWritten);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override Task AddAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<SearchRow> rows, CancellationToken cancellationToken)
    {
        using var search = Prepared(
            connection,
            transaction,
            """
            INSERT INTO audit_search (leaf_index, seq, sealed_at, event_time, recorded_at, workspace, event_id, trace_id, actor_ref, action, outcome,
                resource_type, resource_id, source, via) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14)
            """,
            15);
        using var words = Prepared(connection, transaction, "INSERT INTO audit_words (rowid, words) VALUES (@p0, @p1)", 2);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Run(
                search,
                row.Index,
                row.Leaf.Sequence,
                SqliteAuditSql.Microseconds(row.SealedAt),
                SqliteAuditSql.Microseconds(row.Leaf.Time),
                SqliteAuditSql.Microseconds(row.Leaf.RecordedAt),
                row.Leaf.Workspace,
                row.Leaf.Id,
                row.Leaf.TraceId,
                row.Leaf.ActorRef,
                row.Leaf.Action,
                row.Outcome,
                row.Leaf.Resource?.Type,
                row.Leaf.Resource?.Id,
                row.Leaf.Source?.Service,
                row.Via);
            Run(words, row.Index, string.Join(' ', row.Words));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task<T> ReadAsync<T>(string what, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await Sql.OpenAsync(cancellationToken);
            return await read(connection);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw Sql.Unavailable(what, e);
        }
    }

    /// <inheritdoc />
    protected override async Task<T> WriteAsync<T>(string what, Func<DbConnection, DbTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await ((SqliteAuditSql)Sql).WriteAsync((connection, transaction) => write(connection, transaction), cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw Sql.Unavailable(what, e);
        }
    }

    // The provider prepares a statement at its first run and keeps it: one for all rows.
    private static SqliteCommand Prepared(DbConnection connection, DbTransaction transaction, string statement, int parameters)
    {
        var command = (SqliteCommand)AuditSql.Command(connection, transaction, statement);
        for (var i = 0; i < parameters; i++)
        {
            AuditSql.Add(command, null);
        }

        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}
