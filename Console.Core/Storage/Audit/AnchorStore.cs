using System.Data.Common;
using System.Globalization;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>What either database remembers of anchors and witnesses.</summary>
public sealed class AnchorStore : IAnchorStore
{
    private readonly AuditSql _sql;

    /// <summary>Over this database, migrated.</summary>
    public AnchorStore(ConsoleDatabase database, TimeProvider time) => _sql = AuditSql.For(database, time);

    /// <inheritdoc />
    public async Task<StoredCheckpoint?> LatestAsync(CancellationToken cancellationToken) =>
        await ReadAsync(connection => NotesAsync(connection, "ORDER BY c.size DESC LIMIT 1", [], cancellationToken), cancellationToken) is [var latest, ..] ? latest : null;

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredCheckpoint>> AboveAsync(long size, int most, CancellationToken cancellationToken) => ReadAsync(
        connection => NotesAsync(connection, string.Create(CultureInfo.InvariantCulture, $"WHERE c.size > @p0 ORDER BY c.size LIMIT {most}"), [size], cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<(long Count, DateTimeOffset? Oldest)> LagAsync(long size, CancellationToken cancellationToken) => ReadAsync<(long, DateTimeOffset?)>(
        async connection =>
        {
            await using var command = AuditSql.Command(connection, null, $"SELECT count(*), min(signed_at) FROM {_sql.Table("checkpoint")} WHERE size > @p0", size);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            return (rows.GetInt64(0), rows.IsDBNull(1) ? null : _sql.ReadTime(rows, 1));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<(long Size, DateTimeOffset At)?> AnchoredAsync(string anchor, CancellationToken cancellationToken) => LargestAsync("anchor", anchor, cancellationToken);

    /// <inheritdoc />
    public Task<(long Size, DateTimeOffset At)?> CosignedAsync(string witness, CancellationToken cancellationToken) => LargestAsync("cosignature", witness, cancellationToken);

    /// <inheritdoc />
    public Task RecordAnchoredAsync(string anchor, IReadOnlyList<long> sizes, DateTimeOffset at, CancellationToken cancellationToken) => WriteAsync(
        async (connection, transaction) =>
        {
            foreach (var size in sizes)
            {
                await using var command = AuditSql.Command(
                    connection, transaction, $"INSERT INTO {_sql.Table("anchor")} (size, name, at) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING", size, anchor, _sql.Time(at));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return 0;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task RecordCosignatureAsync(long size, NoteSignature cosignature, DateTimeOffset at, CancellationToken cancellationToken) => WriteAsync(
        async (connection, transaction) =>
        {
            // The first one stays: a witness that is asked again signs again, with a later time.
            await using var command = AuditSql.Command(
                connection,
                transaction,
                $"INSERT INTO {_sql.Table("cosignature")} (size, name, line, at) VALUES (@p0, @p1, @p2, @p3) ON CONFLICT DO NOTHING",
                size,
                cosignature.Name,
                cosignature.ToString(),
                _sql.Time(at));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    private Task<(long Size, DateTimeOffset At)?> LargestAsync(string table, string name, CancellationToken cancellationToken) => ReadAsync<(long, DateTimeOffset)?>(
        async connection =>
        {
            await using var command = AuditSql.Command(connection, null, $"SELECT size, at FROM {_sql.Table(table)} WHERE name = @p0 ORDER BY size DESC LIMIT 1", name);
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            return await rows.ReadAsync(cancellationToken) ? (rows.GetInt64(0), _sql.ReadTime(rows, 1)) : null;
        },
        cancellationToken);

    private async Task<IReadOnlyList<StoredCheckpoint>> NotesAsync(DbConnection connection, string condition, object?[] parameters, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(connection, null, $"SELECT c.size, c.note, c.signed_at FROM {_sql.Table("checkpoint")} c {condition}", parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<StoredCheckpoint>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(rows.GetString(1)), out var signed, out var problem)
                ? new StoredCheckpoint(signed, _sql.ReadTime(rows, 2))
                : throw new AuditUnavailableException(string.Create(CultureInfo.InvariantCulture, $"The stored checkpoint of size {rows.GetInt64(0)} is damaged: {problem}")));
        }

        return found;
    }

    private async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _sql.OpenAsync(cancellationToken);
            return await read(connection);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("be read now", e);
        }
    }

    private async Task WriteAsync(Func<DbConnection, DbTransaction, Task<int>> write, CancellationToken cancellationToken)
    {
        try
        {
            if (_sql is SqliteAuditSql sqlite)
            {
                await sqlite.WriteAsync((connection, transaction) => write(connection, transaction), cancellationToken);
                return;
            }

            await using var connection = await _sql.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await write(connection, transaction);
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw _sql.Unavailable("remember its anchors", e);
        }
    }
}
