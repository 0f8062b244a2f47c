using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>What waits to be sealed, read by a console that does not seal.</summary>
public sealed class InboxFigures : IInboxFigures
{
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public InboxFigures(ConsoleDatabase database, TimeProvider time) => _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public async Task<InboxBacklog> BacklogAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            return await SealSession.BacklogAsync(_sql, connection, cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }
}
