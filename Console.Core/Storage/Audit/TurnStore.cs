using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Ingestion;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Turns as session locks of PostgreSQL, or as locks on files beside the SQLite file; and cursors in the database.</summary>
public sealed class TurnStore : ITurns, ICursors
{
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public TurnStore(ConsoleDatabase database, TimeProvider time) => _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public async Task<IAsyncDisposable?> TryTakeAsync(string name, CancellationToken cancellationToken)
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

    // A connection of its own, on which nothing else runs: the lock goes with it.
    private async Task<IAsyncDisposable?> LockAsync(string name, CancellationToken cancellationToken)
    {
        var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"opsconsole {name}")));
        var connection = await _sql.OpenAsync(cancellationToken);
        try
        {
            await using var command = AuditSql.Command(connection, null, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_try_advisory_lock({key})"));
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                var turn = new SessionTurn(connection, key);
                connection = null;
                return turn;
            }

            return null;
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private FileStream? LockFile(string name)
    {
        try
        {
            return new FileStream($"{_sql.Name}.{name}.turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return null;
        }
    }

    private sealed class SessionTurn(DbConnection connection, long key) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await using var command = AuditSql.Command(connection, null, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_unlock({key})"));
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (Exception e) when (AuditSql.IsFailure(e) || e is InvalidOperationException)
            {
                // The connection is gone, and the lock with it.
            }

            await connection.DisposeAsync();
        }
    }
}
