using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Events committed to the console's database.</summary>
public sealed class AuditStore : IAuditAppender
{
    private readonly AuditSql _sql;
    private readonly SealSignals _signals;

    /// <summary>Over this database, migrated.</summary>
    /// <param name="database">Where.</param>
    /// <param name="time">Clock of the receipts in SQLite; PostgreSQL uses its own.</param>
    /// <param name="signals">Told of every append.</param>
    public AuditStore(ConsoleDatabase database, TimeProvider time, SealSignals signals)
    {
        _sql = AuditSql.For(database, time);
        _signals = signals;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return [];
        }

        try
        {
            var results = _sql is PostgresAuditSql postgres
                ? await postgres.AppendAsync(events, via, appendedBy, cancellationToken)
                : await _sql.AppendAsync(events, via, appendedBy, static (_, _, results) => Task.FromResult(results), cancellationToken);
            _signals.TellAppended();
            return results;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("take events now", e);
        }
    }
}
