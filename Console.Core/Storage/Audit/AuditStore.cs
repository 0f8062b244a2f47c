using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Events committed to the console's database.</summary>
public sealed class AuditStore : IAuditAppender
{
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    /// <param name="database">Where.</param>
    /// <param name="time">Clock of the receipts in SQLite; PostgreSQL uses its own.</param>
    public AuditStore(ConsoleDatabase database, TimeProvider time) => _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return [];
        }

        try
        {
            return _sql is PostgresAuditSql postgres
                ? await postgres.AppendAsync(events, via, appendedBy, cancellationToken)
                : await _sql.AppendAsync(events, via, appendedBy, static (_, _, results) => Task.FromResult(results), cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("take events now", e);
        }
    }
}
