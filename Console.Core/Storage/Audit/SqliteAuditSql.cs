using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>SQLite: the same tables under a prefix, times as microseconds since 1970, one writer at a time.</summary>
internal sealed class SqliteAuditSql(ConsoleDatabase database, TimeProvider time) : AuditSql(database)
{
    private const int SaltBytes = 16;

    /// <inheritdoc />
    public override string Table(string name) => $"audit_{name}";

    /// <inheritdoc />
    public override object Time(DateTimeOffset time) => Microseconds(time);

    /// <inheritdoc />
    public override DateTimeOffset ReadTime(DbDataReader reader, int column) => FromMicroseconds(reader.GetInt64(column));

    /// <inheritdoc />
    public override (string Condition, string Value) Words(string parameter, IReadOnlyList<string> prefixes) =>
        ($"w.audit_words MATCH {parameter}", string.Join(' ', prefixes.Select(static word => $"\"{word}\"*")));

    // The words lead, newest first, and the search stops when it has enough: a list of all leaves that have a common word would be long.
    // CROSS JOIN keeps that order of the two. Here numbers are sealed in their order (one writer at a time), so both orders are the same.

    /// <inheritdoc />
    public override bool WordsLead => true;

    /// <inheritdoc />
    public override string SearchFrom(bool words) => words ? "audit_words w CROSS JOIN audit_search s ON s.leaf_index = w.rowid" : "audit_search s";

    /// <inheritdoc />
    public override string Leading(bool words) => words ? "w.rowid" : "s.seq";

    /// <inheritdoc />
    public override string LeafIndex(bool words) => words ? "w.rowid" : "s.leaf_index";

    /// <inheritdoc />
    public override string Below(string parameter, bool words) => words
        ? $"s.seq < {parameter} AND w.rowid <= (SELECT leaf_index FROM audit_search WHERE seq < {parameter} ORDER BY seq DESC LIMIT 1)"
        : $"s.seq < {parameter}";

    /// <inheritdoc />
    public override string Unindexed(string column) => $"+{column}";

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await OpenFileAsync(cancellationToken);

    /// <inheritdoc />
    public override Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    /// <inheritdoc />
    public override Task<T> AppendAsync<T>(
        IReadOnlyList<AuditEvent> events,
        AuditVia via,
        string appendedBy,
        Func<DbConnection, DbTransaction?, IReadOnlyList<AppendResult>, Task<T>> read,
        CancellationToken cancellationToken)
    {
        // In PostgreSQL audit.append looks at every event itself.
        foreach (var e in events)
        {
            if (AuditEventReader.WhyRefused(e) is { } why)
            {
                throw new ArgumentException(why, nameof(events));
            }
        }

        return WriteAsync(
            (connection, transaction) =>
            {
                var results = new List<AppendResult>(events.Count);
                var recordedAt = AuditTime.Truncate(time.GetUtcNow());
                foreach (var e in events)
                {
                    results.Add(Append(connection, transaction, e, AuditWords.Of(via), appendedBy, recordedAt));
                }

                CrashPoints.At(CrashStep.AppendWritten);
                return read(connection, transaction, results);
            },
            cancellationToken);
    }

    /// <summary>Writes in one transaction. Writers of this process take turns here: SQLite itself would let the second one poll.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        if (!await Database.SqliteTurn.WaitAsync(TimeSpan.FromSeconds(TimeoutSeconds), cancellationToken))
        {
            throw new TimeoutException("another write has not ended in time");
        }

        try
        {
            Database.RefuseDamaged();
            await using var connection = await OpenFileAsync(cancellationToken);
            await using var transaction = connection.BeginTransaction(deferred: false);
            var answer = await write(connection, transaction);
            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None);
            return answer;
        }
        finally
        {
            Database.SqliteTurn.Release();
        }
    }

    /// <summary>Microseconds since 1970.</summary>
    public static long Microseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>And back.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private async Task<SqliteConnection> OpenFileAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(Database.SqliteConnectionString);
        await connection.OpenAsync(cancellationToken);

        // FULL: what is committed survives a power cut. It is the default, and too important to leave to a default.
        // secure_delete: what is erased is overwritten, also the waiting copy of an event once it is sealed.
        await using var pragma = Command(connection, null, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
        await pragma.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static AppendResult Append(SqliteConnection connection, SqliteTransaction transaction, AuditEvent e, string via, string appendedBy, DateTimeOffset recordedAt)
    {
        var body = AuditEventWriter.Write(e);
        using (var known = Command(connection, transaction, "SELECT seq, recorded_at, salt, digest FROM audit_receipt WHERE workspace = @p0 AND id = @p1", e.Workspace, e.Id))
        using (var reader = known.ExecuteReader())
        {
            if (reader.Read())
            {
                var first = new AuditReceipt(e.Workspace, e.Id, reader.GetInt64(0), FromMicroseconds(reader.GetInt64(1)));
                return !reader.IsDBNull(2) && Digest((byte[])reader[2], body).AsSpan().SequenceEqual((byte[])reader[3])
                    ? new AppendResult.Duplicate(first)
                    : new AppendResult.Conflict(first);
            }
        }

        using var inbox = Command(
            connection,
            transaction,
            "INSERT INTO audit_inbox (workspace, id, recorded_at, via, appended_by, body) VALUES (@p0, @p1, @p2, @p3, @p4, @p5) RETURNING seq",
            e.Workspace,
            e.Id,
            Microseconds(recordedAt),
            via,
            appendedBy,
            Encoding.UTF8.GetString(body));
        var sequence = (long)inbox.ExecuteScalar()!;
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        using var receipt = Command(
            connection,
            transaction,
            "INSERT INTO audit_receipt (workspace, id, seq, recorded_at, salt, digest) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)",
            e.Workspace,
            e.Id,
            sequence,
            Microseconds(recordedAt),
            salt,
            Digest(salt, body));
        receipt.ExecuteNonQuery();
        return new AppendResult.Recorded(new AuditReceipt(e.Workspace, e.Id, sequence, recordedAt));
    }

    private static byte[] Digest(byte[] salt, byte[] body) => SHA256.HashData([.. salt, .. body]);
}
