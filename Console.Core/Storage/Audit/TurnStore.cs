using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Ingestion;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Turns as session locks of PostgreSQL, or as locks on files beside the SQLite file; and cursors in the database.</summary>
public sealed class TurnStore : ITurns, ICursors
{
    private readonly ConsoleDatabase _database;
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public TurnStore(ConsoleDatabase database, TimeProvider time) => (_database, _sql) = (database, AuditSql.For(database, time));

    /// <inheritdoc />
    public async Task<ITurn?> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return _sql is PostgresAuditSql ? await LockAsync(name, cancellationToken) : LockFile(name);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be reached", e);
        }
    }

    /// <inheritdoc />
    public async Task<DateTimeOffset?> GetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            await using var command = AuditSql.Command(connection, null, $"SELECT value FROM {_sql.Table("mark")} WHERE name = @p0", name);
            return await command.ExecuteScalarAsync(cancellationToken) is long value ? SqliteAuditSql.FromMicroseconds(value) : null;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }

    /// <inheritdoc />
    public async Task SetAsync(string name, DateTimeOffset value, CancellationToken cancellationToken)
    {
        var statement = $"INSERT INTO {_sql.Table("mark")} (name, value) VALUES (@p0, @p1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        try
        {
            if (_sql is SqliteAuditSql sqlite)
            {
                await sqlite.WriteAsync((connection, transaction) => ExecuteAsync(connection, transaction, statement, name, value, cancellationToken), cancellationToken);
                return;
            }

            await using var connection = await _sql.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, null, statement, name, value, cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be written", e);
        }
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, DbTransaction? transaction, string statement, string name, DateTimeOffset value, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(connection, transaction, statement, name, SqliteAuditSql.Microseconds(value));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<ITurn?> LockAsync(string name, CancellationToken cancellationToken) =>
        await PostgresSession.TryLockAsync(_database, BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"opsconsole {name}"))), cancellationToken) is { } session
            ? new SessionTurn(session)
            : null;

    private FileTurn? LockFile(string name) => FileLock.TryTake($"{_sql.Name}.{name}.turn") is { } file ? new FileTurn(file) : null;

    // The lock goes with its session.
    private sealed class SessionTurn(NpgsqlConnection session) : ITurn
    {
        public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
        {
            try
            {
                await using var command = AuditSql.Command(session, null, "SELECT 1");
                command.CommandTimeout = PostgresSession.AnswerWithinSeconds;
                return await command.ExecuteScalarAsync(cancellationToken) is not null;
            }
            catch (Exception e) when (AuditSql.IsFailure(e) || e is InvalidOperationException)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => PostgresSession.CloseAsync(session);
    }

    // The lock goes with the process, however that ends; the file stays.
    private sealed class FileTurn(FileStream file) : ITurn
    {
        public Task<bool> IsHeldAsync(CancellationToken cancellationToken) => Task.FromResult(true);

        public ValueTask DisposeAsync() => file.DisposeAsync();
    }
}
