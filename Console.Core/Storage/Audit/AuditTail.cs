using System.Data.Common;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>
/// The newest events, which the search table does not have yet: those in the inbox, and those sealed and not indexed. Usually a second's worth;
/// they are read whole and looked at one by one.
/// </summary>
internal static class AuditTail
{
    /// <summary>Rows of each kind that are looked at. When more wait, the older ones are found once they are indexed, and health says so.</summary>
    public const int Most = 20_000;

    /// <summary>Those that the query has, newest first.</summary>
    /// <param name="sql">The database's own words.</param>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">One state of the database.</param>
    /// <param name="query">Which.</param>
    /// <param name="below">Sequences below this.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<AuditRecord>> ReadAsync(
        AuditSql sql, DbConnection connection, DbTransaction? transaction, AuditQuery query, long below, CancellationToken cancellationToken)
    {
        var filter = new AuditQueryFilter(query);
        var found = new List<AuditRecord>();
        await using (var inbox = AuditSql.Command(
            connection,
            transaction,
            $"SELECT {AuditRows.UnsealedColumns} FROM {sql.Table("inbox")} i WHERE i.seq < @p0 ORDER BY i.seq DESC LIMIT {Most}",
            below))
        {
            await using var rows = await inbox.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                Keep(AuditRows.Unsealed(sql, rows));
            }
        }

        await using (var log = AuditSql.Command(
            connection,
            transaction,
            $"""
            SELECT {AuditRows.SealedColumns} FROM {sql.Table("event")} e LEFT JOIN {sql.Table("disclosure")} d ON d.leaf_index = e.leaf_index
            WHERE e.leaf_index >= coalesce((SELECT value FROM {sql.Table("progress")} WHERE name = 'indexed'), 0) ORDER BY e.leaf_index DESC LIMIT {Most}
            """))
        {
            await using var rows = await log.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                if (AuditRows.Sealed(sql, rows) is { } record && record.Position.Sequence < below)
                {
                    Keep(record);
                }
            }
        }

        found.Sort(static (a, b) => b.Position.Sequence.CompareTo(a.Position.Sequence));
        return found;

        void Keep(AuditRecord record)
        {
            if (filter.Has(record.Event, record.ActorRef))
            {
                found.Add(record);
            }
        }
    }
}
