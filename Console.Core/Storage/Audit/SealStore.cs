using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>The sealer's place in either database.</summary>
public sealed class SealStore : ISealStore
{
    private readonly ConsoleDatabase _database;
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public SealStore(ConsoleDatabase database, TimeProvider time) => (_database, _sql) = (database, AuditSql.For(database, time));

    /// <inheritdoc />
    public async Task<ISealSession?> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _sql is PostgresAuditSql postgres ? await OpenAsync(postgres, cancellationToken) : OpenFile((SqliteAuditSql)_sql);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be sealed", e);
        }
    }

    private async Task<ISealSession?> OpenAsync(PostgresAuditSql sql, CancellationToken cancellationToken) =>
        await PostgresSession.TryLockAsync(_database, PostgresSealSession.Lock, cancellationToken) is { } session ? new PostgresSealSession(sql, session) : null;

    private static SqliteSealSession? OpenFile(SqliteAuditSql sql) => FileLock.TryTake($"{sql.Name}.sealer") is { } place ? new SqliteSealSession(sql, place) : null;
}
