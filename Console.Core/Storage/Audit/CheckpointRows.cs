using System.Data.Common;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>Checkpoints out of the database, with their cosignatures.</summary>
internal static class CheckpointRows
{
    /// <summary>Those of a condition on <c>checkpoint c</c>.</summary>
    /// <param name="sql">The database's own words.</param>
    /// <param name="connection">Open.</param>
    /// <param name="transaction">May be null.</param>
    /// <param name="condition">From WHERE on, with its order and limit.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuditUnavailableException">A stored note is none: somebody changed it.</exception>
    public static async Task<IReadOnlyList<StoredCheckpoint>> ReadAsync(
        AuditSql sql, DbConnection connection, DbTransaction? transaction, string condition, object?[] parameters, CancellationToken cancellationToken)
    {
        var found = new List<StoredCheckpoint>();
        await using (var command = AuditSql.Command(connection, transaction, $"SELECT c.size, c.note, c.signed_at FROM {sql.Table("checkpoint")} c {condition}", parameters))
        {
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                if (!SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(rows.GetString(1)), out var signed, out var problem))
                {
                    throw new AuditUnavailableException($"The stored checkpoint of size {rows.GetInt64(0)} is damaged: {problem}");
                }

                found.Add(new StoredCheckpoint(signed, sql.ReadTime(rows, 2)));
            }
        }

        for (var i = 0; i < found.Count; i++)
        {
            await using var command = AuditSql.Command(connection, transaction, $"SELECT line FROM {sql.Table("cosignature")} WHERE size = @p0 ORDER BY name", found[i].Size);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var lines = new List<NoteSignature>();
            while (await rows.ReadAsync(cancellationToken))
            {
                if (NoteSignature.TryParse(rows.GetString(0), out var line))
                {
                    lines.Add(line);
                }
            }

            found[i] = found[i] with { Signed = found[i].Signed.With(lines) };
        }

        return found;
    }
}
