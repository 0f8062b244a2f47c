using System.Globalization;
using Npgsql;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>
/// Sessions of PostgreSQL that hold a lock for long. They are of no pool: closing one ends it, and the lock with it. A process that dies closes its connection, and the lock is free at once; a machine that
/// vanishes closes nothing, and the server would wait for hours: it is told to look, so that the lock is free within half a minute.
/// </summary>
internal static class PostgresSession
{
    /// <summary>Seconds until a session that gives no answer counts as broken.</summary>
    public const int AnswerWithinSeconds = 5;

    // 10 s of silence, then a look every 5 s, three times. Without meaning, and accepted, on a Unix socket: there the peer is on the same machine.
    private const string Watched = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000";

    /// <summary>Opens one that has a lock; null when another session has it. That is looked at from the pool first: whoever waits asks often.</summary>
    public static async Task<NpgsqlConnection?> TryLockAsync(ConsoleDatabase database, long key, CancellationToken cancellationToken)
    {
        await using (var pooled = await database.Postgres!.OpenConnectionAsync(cancellationToken))
        {
            await using var taken = AuditSql.Command(
                pooled,
                null,
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid::bigint = @p0 AND objid::bigint = @p1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
                (long)(uint)(key >> 32),
                (long)(uint)key);
            if (await taken.ExecuteScalarAsync(cancellationToken) is true)
            {
                return null;
            }
        }

        var session = await OpenAsync(database, cancellationToken);
        try
        {
            await using var command = AuditSql.Command(session, null, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_try_advisory_lock({key})"));
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                var locked = session;
                session = null;
                return locked;
            }

            return null;
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }
        }
    }

    /// <summary>Gives its locks back and ends it. The server would free them too when it sees the end, a moment later: too late for whoever asks at once.</summary>
    public static async ValueTask CloseAsync(NpgsqlConnection session)
    {
        try
        {
            await using var command = AuditSql.Command(session, null, "SELECT pg_advisory_unlock_all()");
            command.CommandTimeout = 1;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception e) when (AuditSql.IsFailure(e) || e is InvalidOperationException)
        {
            // It is broken, and the locks went with it.
        }

        await session.DisposeAsync();
    }

    /// <summary>Opens one.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(ConsoleDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.PostgresSessions!.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = AuditSql.Command(connection, null, Watched);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
