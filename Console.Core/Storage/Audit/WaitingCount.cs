using System.Globalization;
using OpsConsole.Core.AuditTrail.Receiving;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Counts the inbox.</summary>
public sealed class WaitingCount(ConsoleDatabase database, TimeProvider time) : IWaitingCount
{
    private readonly AuditSql _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public async Task<long> CountAsync(long most, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            await using var command = AuditSql.Command(connection, null, $"SELECT count(*) FROM (SELECT 1 FROM {_sql.Table("inbox")} LIMIT @p0) AS waiting", most);
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read", e);
        }
    }
}
