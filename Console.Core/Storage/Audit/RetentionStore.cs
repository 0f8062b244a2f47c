using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.AuditTrail.Search;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Erasing and pruning in either database, in steps of one short transaction each.</summary>
public sealed class RetentionStore : IRetentionStore
{
    private const string CarriedOutName = "retention";
    private const int LeavesOfOneStep = 500;
    private const int PrunedOfOneStep = 8_192;
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public RetentionStore(ConsoleDatabase database, TimeProvider time) => _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public Task<IReadOnlyList<ActorSummary>> ActorsAsync(string idOrRef, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<ActorSummary>>(
        async connection =>
        {
            var found = new List<ActorSummary>();
            await using var command = AuditSql.Command(
                connection,
                null,
                $"""
                SELECT a.ref, a.type, a.id, a.display_name, (SELECT count(*) FROM {_sql.Table("search")} s WHERE s.actor_ref = a.ref)
                FROM {_sql.Table("actor")} a WHERE a.id = @p0 OR a.ref = @p0 ORDER BY a.type
                """,
                idOrRef);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(new ActorSummary(
                    rows.GetString(0), AuditWords.ActorType(rows.GetString(1)) ?? AuditActorType.System, rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetInt64(4)));
            }

            return found;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<long> SealedBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
        ScalarAsync($"SELECT coalesce(max(leaf_index) + 1, 0) FROM {_sql.Table("event")} WHERE sealed_at < @p0", cancellationToken, _sql.Time(moment));

    /// <inheritdoc />
    public Task<long> FirstKeptAsync(CancellationToken cancellationToken) =>
        ScalarAsync(
            $"SELECT coalesce((SELECT min(leaf_index) FROM {_sql.Table("event")}), (SELECT max(leaf_index) + 1 FROM {_sql.Table("leaf")}), 0)", cancellationToken);

    /// <inheritdoc />
    public async Task<bool> HasEventsBelowAsync(long index, string workspace, CancellationToken cancellationToken) =>
        await ScalarAsync(
            $"SELECT count(*) FROM (SELECT 1 FROM {_sql.Table("search")} WHERE leaf_index < @p0 AND (@p1 = '' OR workspace = @p1) LIMIT 1) one", cancellationToken, index, workspace) > 0;

    /// <inheritdoc />
    public async Task<bool> HasEventsOfAsync(string actorRef, string workspace, CancellationToken cancellationToken) =>
        await ScalarAsync(
            $"SELECT count(*) FROM (SELECT 1 FROM {_sql.Table("search")} WHERE actor_ref = @p0 AND (@p1 = '' OR workspace = @p1) LIMIT 1) one", cancellationToken, actorRef, workspace) > 0;

    /// <inheritdoc />
    public async Task<long?> IndexedAsync(long sequence, CancellationToken cancellationToken) =>
        await ScalarAsync(
            $"""
            SELECT coalesce((SELECT leaf_index FROM {_sql.Table("leaf")} WHERE seq = @p0
                AND leaf_index < (SELECT value FROM {_sql.Table("progress")} WHERE name = 'indexed')), -1)
            """,
            cancellationToken,
            sequence) is >= 0 and var index
            ? index
            : null;

    /// <inheritdoc />
    public Task<string?> DisclosuresAsync(long index, CancellationToken cancellationToken) => ReadAsync(
        async connection =>
        {
            await using var command = AuditSql.Command(connection, null, $"SELECT items FROM {_sql.Table("disclosure")} WHERE leaf_index = @p0", index);
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<long> CarriedOutAsync(CancellationToken cancellationToken) =>
        ScalarAsync($"SELECT coalesce(max(value), 0) FROM {_sql.Table("mark")} WHERE name = '{CarriedOutName}'", cancellationToken);

    /// <inheritdoc />
    public Task CarriedOutAsync(long decision, CancellationToken cancellationToken) => WriteAsync(
        null,
        (connection, transaction) => ExecuteAsync(
            connection,
            transaction,
            $"INSERT INTO {_sql.Table("mark")} (name, value) VALUES (@p0, @p1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            cancellationToken,
            CarriedOutName,
            decision),
        cancellationToken);

    /// <inheritdoc />
    public async Task<long> EraseAsync(long decision, RetentionKind kind, string target, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        var count = 0L;
        for (var from = 0L; ;)
        {
            var leaves = await LeavesAsync(kind, target, from, cancellationToken);
            if (leaves.Count == 0)
            {
                break;
            }

            var kept = leaves.Select(l => Keep(l, fields)).ToList();
            await WriteAsync("erase", (connection, transaction) => EraseAsync(connection, transaction, decision, kept, cancellationToken), cancellationToken);
            count += leaves.Count;
            from = leaves[^1].Index + 1;
        }

        if (kind == RetentionKind.EraseActor)
        {
            await WriteAsync(
                "erase",
                (connection, transaction) => _sql is SqliteAuditSql
                    ? ExecuteAsync(connection, transaction, "DELETE FROM audit_actor WHERE ref = @p0", cancellationToken, target)
                    : ExecuteAsync(connection, transaction, "SELECT audit.erase_actor(@p0)", cancellationToken, decision),
                cancellationToken);
        }

        await CleanAsync(cancellationToken);
        return count;
    }

    /// <inheritdoc />
    public async Task<long> PruneAsync(long decision, long below, CancellationToken cancellationToken)
    {
        var first = await FirstKeptAsync(cancellationToken);
        for (var from = first; from < below;)
        {
            var to = Math.Min(from + PrunedOfOneStep, below);
            await WriteAsync("prune", (connection, transaction) => PruneAsync(connection, transaction, decision, from, to, cancellationToken), cancellationToken);
            from = to;
        }

        if (_sql is not SqliteAuditSql)
        {
            try
            {
                await WriteAsync(null, (connection, transaction) => ExecuteAsync(connection, transaction, "SELECT audit.drop_empty_partitions()", cancellationToken), cancellationToken);
            }
            catch (AuditUnavailableException)
            {
                // Somebody reads them now: an empty month does no harm until the next pruning.
            }
        }

        await CleanAsync(cancellationToken);
        return Math.Max(0, below - first);
    }

    private static Kept Keep(Leaf leaf, IReadOnlyCollection<string> fields)
    {
        var kept = Disclosure.Without(Encoding.ASCII.GetBytes(leaf.Disclosures), fields);
        var words = LeafReader.TryRead(leaf.Bytes, out var read, out _) && read is EventLeaf e ? string.Join(' ', AuditSearchWords.Of(LeafReader.Open(e, kept).Event)) : "";
        return new Kept(leaf.Index, Encoding.ASCII.GetString(kept), words);
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, DbTransaction transaction, string statement, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = AuditSql.Command(connection, transaction, statement, parameters);
        command.CommandTimeout = AuditSql.TimeoutSeconds * 6;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task<List<Leaf>> LeavesAsync(RetentionKind kind, string target, long from, CancellationToken cancellationToken) => ReadAsync(
        async connection =>
        {
            var slash = target.IndexOf('/', StringComparison.Ordinal);
            var ofActor = kind == RetentionKind.EraseActor;
            await using var command = AuditSql.Command(
                connection,
                null,
                string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT e.leaf_index, e.leaf, d.items FROM {_sql.Table("search")} s JOIN {_sql.Table("event")} e ON e.leaf_index = s.leaf_index
                    LEFT JOIN {_sql.Table("disclosure")} d ON d.leaf_index = e.leaf_index
                    WHERE s.leaf_index >= @p0 AND {(ofActor ? "s.actor_ref = @p1" : $"s.seq = (SELECT seq FROM {_sql.Table("receipt")} WHERE workspace = @p1 AND id = @p2)")}
                    ORDER BY e.leaf_index LIMIT {LeavesOfOneStep}
                    """),
                ofActor ? [from, target] : [from, target[..slash], target[(slash + 1)..]]);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var found = new List<Leaf>();
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(new Leaf(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.IsDBNull(2) ? "" : rows.GetString(2)));
            }

            return found;
        },
        cancellationToken);

    private async Task<int> EraseAsync(DbConnection connection, DbTransaction transaction, long decision, List<Kept> kept, CancellationToken cancellationToken)
    {
        if (_sql is not SqliteAuditSql)
        {
            return await ExecuteAsync(
                connection,
                transaction,
                "SELECT audit.erase(@p0, @p1, @p2, @p3)",
                cancellationToken,
                decision,
                kept.Select(static k => k.Index).ToArray(),
                kept.Select(static k => k.Disclosures).ToArray(),
                kept.Select(static k => k.Words).ToArray());
        }

        foreach (var leaf in kept)
        {
            await ExecuteAsync(
                connection,
                transaction,
                """
                DELETE FROM audit_disclosure WHERE leaf_index = @p0 AND @p1 = '';
                UPDATE audit_disclosure SET items = @p1 WHERE leaf_index = @p0;
                UPDATE audit_words SET words = @p2 WHERE rowid = @p0;
                UPDATE audit_receipt SET salt = NULL WHERE seq = (SELECT seq FROM audit_leaf WHERE leaf_index = @p0) AND salt IS NOT NULL;
                """,
                cancellationToken,
                leaf.Index,
                leaf.Disclosures,
                leaf.Words);
        }

        return kept.Count;
    }

    private Task<int> PruneAsync(DbConnection connection, DbTransaction transaction, long decision, long from, long to, CancellationToken cancellationToken) =>
        _sql is SqliteAuditSql
            ? ExecuteAsync(
                connection,
                transaction,
                """
                UPDATE audit_receipt SET salt = NULL WHERE salt IS NOT NULL AND seq IN (SELECT seq FROM audit_leaf WHERE leaf_index >= @p0 AND leaf_index < @p1 AND seq IS NOT NULL);
                DELETE FROM audit_disclosure WHERE leaf_index >= @p0 AND leaf_index < @p1;
                DELETE FROM audit_words WHERE rowid >= @p0 AND rowid < @p1;
                DELETE FROM audit_search WHERE leaf_index >= @p0 AND leaf_index < @p1;
                DELETE FROM audit_event WHERE leaf_index >= @p0 AND leaf_index < @p1;
                """,
                cancellationToken,
                from,
                to)
            : ExecuteAsync(connection, transaction, "SELECT audit.prune(@p0, @p1, @p2)", cancellationToken, decision, from, to);

    // What was taken away must not linger in pages that nobody reads. Both are a courtesy of the database: who may not, or comes at a bad time, goes without.
    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            foreach (var statement in _sql is SqliteAuditSql
                ? (string[])["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
                : ["VACUUM audit.disclosure, audit.search, audit.receipt, audit.actor, audit.inbox"])
            {
                await using var command = AuditSql.Command(connection, null, statement);
                command.CommandTimeout = 600;
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            // The rows are gone all the same.
        }
    }

    private Task<long> ScalarAsync(string statement, CancellationToken cancellationToken, params object[] parameters) => ReadAsync(
        async connection =>
        {
            await using var command = AuditSql.Command(connection, null, statement, parameters);
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        },
        cancellationToken);

    private async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
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

    // The permit opens the triggers of the file for this transaction alone. PostgreSQL has functions for that.
    private async Task WriteAsync(string? purpose, Func<DbConnection, DbTransaction, Task<int>> write, CancellationToken cancellationToken)
    {
        try
        {
            if (_sql is SqliteAuditSql sqlite)
            {
                await sqlite.WriteAsync((connection, transaction) => PermittedAsync(connection, transaction, purpose, write, cancellationToken), cancellationToken);
                return;
            }

            await using var connection = await _sql.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await write(connection, transaction);
            if (purpose is not null)
            {
                CrashPoints.At(CrashStep.RetentionWritten);
            }

            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable(purpose ?? "be written", e);
        }
    }

    private static async Task<int> PermittedAsync(
        SqliteConnection connection, SqliteTransaction transaction, string? purpose, Func<DbConnection, DbTransaction, Task<int>> write, CancellationToken cancellationToken)
    {
        if (purpose is null)
        {
            return await write(connection, transaction);
        }

        await ExecuteAsync(connection, transaction, "INSERT INTO audit_permit (purpose) VALUES (@p0)", cancellationToken, purpose);
        var answer = await write(connection, transaction);
        await ExecuteAsync(connection, transaction, "DELETE FROM audit_permit", cancellationToken);
        CrashPoints.At(CrashStep.RetentionWritten);
        return answer;
    }

    private sealed record Leaf(long Index, byte[] Bytes, string Disclosures);

    private sealed record Kept(long Index, string Disclosures, string Words);
}
