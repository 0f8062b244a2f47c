using System.Data;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>PostgreSQL: a schema of its own, appending through a function that is the only way in.</summary>
internal sealed class PostgresAuditSql(ConsoleDatabase database) : AuditSql(database)
{
    private const string Record = "SELECT status, seq, recorded_at FROM audit.record($1, $2, $3)";

    // AU400 in postgres.sql: the event itself is wrong, and no repetition helps.
    private const string NotAnEvent = "AU400";
    private const int Attempts = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Connections.</summary>
    public NpgsqlDataSource Source { get; } = database.Postgres!;

    /// <inheritdoc />
    public override string Table(string name) => $"audit.{name}";

    /// <inheritdoc />
    public override object Time(DateTimeOffset time) => time.UtcDateTime;

    /// <inheritdoc />
    public override DateTimeOffset ReadTime(DbDataReader reader, int column) => new(reader.GetDateTime(column), TimeSpan.Zero);

    /// <inheritdoc />
    public override (string Condition, string Value) Words(string parameter, IReadOnlyList<string> prefixes) =>
        ($"array_to_tsvector(s.words) @@ {parameter}::tsquery", string.Join(" & ", prefixes.Select(static word => $"'{word}':*")));

    /// <inheritdoc />
    public override string SearchFrom(bool words) => "audit.search s";

    /// <inheritdoc />
    public override string Leading(bool words) => "s.seq";

    /// <inheritdoc />
    public override string LeafIndex(bool words) => "s.leaf_index";

    /// <inheritdoc />
    public override string Below(string parameter, bool words) => $"s.seq < {parameter}";

    /// <inheritdoc />
    public override string Unindexed(string column) => column;

    /// <inheritdoc />
    public override string Sorted(string column) => $"{column} + 0";

    /// <inheritdoc />
    public override bool Guesses => true;

    /// <inheritdoc />
    public override async Task MakeRoomAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        // A word that ten million events have takes 20 MB; with the usual 4 MB each page that has one is read and searched again.
        await using var command = Command(connection, transaction, "SET LOCAL work_mem = '32MB'");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await Source.OpenConnectionAsync(cancellationToken);

    /// <inheritdoc />
    public override async Task<DbTransaction> BeginReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // Compiling a statement costs more than such short reads do, and the server would do it for each of them anew.
        await using var command = Command(connection, transaction, "SET TRANSACTION READ ONLY; SET LOCAL jit = off");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return transaction;
    }

    /// <inheritdoc />
    public override async Task<T> AppendAsync<T>(
        IReadOnlyList<AuditEvent> events,
        AuditVia via,
        string appendedBy,
        Func<DbConnection, DbTransaction?, IReadOnlyList<AppendResult>, Task<T>> read,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
                var results = await RecordAsync(connection, transaction, events, via, appendedBy, cancellationToken);
                CrashPoints.At(CrashStep.AppendWritten);
                var answer = await read(connection, transaction, results);
                cancellationToken.ThrowIfCancellationRequested();
                await transaction.CommitAsync(CancellationToken.None);
                return answer;
            }
            catch (Exception e) when (attempt < Attempts && Collided(e))
            {
                // It was rolled back as a whole.
                await Task.Delay(Pause * attempt, cancellationToken);
            }
        }
    }

    /// <summary>Appends only: one statement, its own transaction, one round trip.</summary>
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync(cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                return await RecordAsync(connection, transaction: null, events, via, appendedBy, CancellationToken.None);
            }
            catch (Exception e) when (attempt < Attempts && Collided(e))
            {
                await Task.Delay(Pause * attempt, cancellationToken);
            }
        }
    }

    // Two batches that hold the same events in another order may wait for each other: the server ends one.
    private static bool Collided(Exception e) => DatabaseFault.Cause(e) is PostgresException postgres && DatabaseFault.IsCollision(postgres);

    private static async Task<IReadOnlyList<AppendResult>> RecordAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction? transaction,
        IReadOnlyList<AuditEvent> events,
        AuditVia via,
        string appendedBy,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Record, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(AuditEventWriter.Print).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AuditWords.Of(via) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = appendedBy });
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var results = new List<AppendResult>(events.Count);
            while (await reader.ReadAsync(cancellationToken))
            {
                var e = events[results.Count];
                var receipt = new AuditReceipt(e.Workspace, e.Id, reader.GetInt64(1), new DateTimeOffset(reader.GetDateTime(2), TimeSpan.Zero));
                results.Add(reader.GetString(0) switch
                {
                    "recorded" => new AppendResult.Recorded(receipt),
                    "duplicate" => new AppendResult.Duplicate(receipt),
                    _ => new AppendResult.Conflict(receipt),
                });
            }

            // Rows come before the commit: the statement is not over, and nothing is certain, until the server says that it is ready for the next one.
            // Disposing of the reader waits for that too, and keeps a time-out to itself.
            while (await reader.NextResultAsync(cancellationToken))
            {
            }

            return results;
        }
        catch (PostgresException e) when (e.SqlState == NotAnEvent)
        {
            throw new ArgumentException(e.MessageText, nameof(events), e);
        }
    }
}
