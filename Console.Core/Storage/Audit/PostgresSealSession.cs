using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Crashing;
using OpsConsole.Core.Storage.Audit.Ledger;

namespace OpsConsole.Core.Storage.Audit;

/// <summary>
/// Sealing in PostgreSQL. The sealer's place is a session's advisory lock, and everything is read and written on that session's connection: whoever
/// has lost the lock cannot write any more. No transaction is open between two steps, so nothing of others waits for it.
/// </summary>
internal sealed class PostgresSealSession(PostgresAuditSql sql, NpgsqlConnection connection) : SealSession(sql)
{
    /// <summary>The advisory lock, one for each database. Any number will do, as long as it stays.</summary>
    public const long Lock = 0x0A0D_17_5EA1;

    private const int DeleteAtOnce = 2_000;
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly TimeSpan WaitBeside = TimeSpan.FromSeconds(2);

    // The last number given out at some moment, and a transaction that began after it: once all transactions below have ended, the numbers are certain.
    private (long Number, ulong Transaction)? _mark;

    private readonly CancellationTokenSource _gone = new();
    private Task _ahead = Task.CompletedTask;
    private int _preparedMonth;

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
        await PostgresSession.CloseAsync(connection);
    }

    /// <inheritdoc />
    public override Task<InboxPage> ReadAheadAsync(long after, int most, CancellationToken cancellationToken)
    {
        var reading = ReadBesideAsync(after, most, cancellationToken);
        _ahead = reading;
        return reading;
    }

    /// <inheritdoc />
    protected override async Task<InboxPage> ReadPageAsync(DbConnection connection, long after, int most, CancellationToken cancellationToken)
    {
        var columns = LedgerTables.Columns(LedgerTable.Inbox);
        var rows = new List<InboxRow>();
        var memory = new List<LedgerRows>();
        try
        {
            await using var copy = await ((NpgsqlConnection)connection).BeginRawBinaryCopyAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"COPY (SELECT {AuditRows.UnsealedColumns} FROM audit.inbox i WHERE i.seq > {after} ORDER BY i.seq LIMIT {most}) TO STDOUT (FORMAT BINARY)"),
                cancellationToken);
            using var reader = new CopyReader(copy, columns);
            var texts = new Texts();
            while (memory.Sum(static some => (long)some.Size) < InboxPage.Bytes && await reader.NextAsync(cancellationToken) is { } some)
            {
                memory.Add(some);
                for (var i = 0; i < some.Count; i++)
                {
                    rows.Add(new InboxRow(
                        some.Number(i, 0),
                        texts.Of(some.Bytes(i, 1)),
                        some.Text(i, 2)!,
                        DateTimeOffset.UnixEpoch.AddTicks(some.Number(i, 3) * TimeSpan.TicksPerMicrosecond),
                        AuditWords.Via(texts.Of(some.Bytes(i, 4))) ?? AuditVia.Sql,
                        texts.Of(some.Bytes(i, 5)),
                        some.Memory(i, 6)));
                }
            }

            return new InboxPage(rows, rows.Count == most || memory.Sum(static some => (long)some.Size) >= InboxPage.Bytes, memory);
        }
        catch
        {
            memory.ForEach(static some => some.Dispose());
            throw;
        }
    }

    /// <inheritdoc />
    protected override async Task PrepareAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(connection, null, "SELECT audit.make_partitions(now(), now() + interval '2 months')");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The month of a batch by this console's clock, which may be another than the database's, and the one after it: before they are needed.
    private async Task PrepareAsync(DbConnection connection, DbTransaction transaction, DateTimeOffset sealedAt, CancellationToken cancellationToken)
    {
        var month = (sealedAt.UtcDateTime.Year * 12) + sealedAt.UtcDateTime.Month;
        if (month == _preparedMonth)
        {
            return;
        }

        await using var command = AuditSql.Command(connection, transaction, "SELECT audit.make_partitions(@p0, @p0 + interval '1 month')", sealedAt.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
        _preparedMonth = month;
    }

    /// <inheritdoc />
    protected override async Task ForgetActorsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = AuditSql.Command(connection, transaction, "SELECT audit.forget_actors()");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<long> CertainAsync(DbConnection connection, long settled, CancellationToken cancellationToken)
    {
        long number;
        ulong oldest;
        await using (var command = AuditSql.Command(
            connection,
            null,
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END, pg_snapshot_xmin(pg_current_snapshot())::text FROM audit.event_seq"))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            (number, oldest) = (reader.GetInt64(0), Transaction(reader.GetString(1)));
        }

        var certain = settled;
        if (_mark is { } mark && oldest >= mark.Transaction)
        {
            certain = mark.Number;
            _mark = null;
        }

        if (_mark is null && number > certain)
        {
            // Asked for after the number was read: audit.append and audit.record take their transaction's number before an event's, so whoever has a number
            // up to this one has a lower transaction. (A snapshot's xmax would not do: it is one above the highest that has ended, and others may be running.)
            await using var command = AuditSql.Command(connection, null, "SELECT pg_current_xact_id()::text");
            _mark = (number, Transaction((string)(await command.ExecuteScalarAsync(cancellationToken))!));
        }

        return certain;
    }

    /// <inheritdoc />
    protected override async Task AddAsync(DbConnection connection, DbTransaction transaction, SealBatch batch, CancellationToken cancellationToken)
    {
        var session = (NpgsqlConnection)connection;
        var index = batch.FirstIndex;
        await PrepareAsync(connection, transaction, batch.SealedAt, cancellationToken);
        await using (var writer = await CopyWriter.BeginAsync(session, "audit.leaf", ["leaf_index", "seq", "hash"], cancellationToken))
        {
            foreach (var leaf in batch.Leaves)
            {
                writer.Row().Number(index++);
                (leaf.Sequence is { } sequence ? writer.Number(sequence) : writer.Null()).Bytes(leaf.Hash.Bytes);
                await writer.SendAsync(cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        await using (var writer = await CopyWriter.BeginAsync(session, "audit.event", ["leaf_index", "sealed_at", "leaf"], cancellationToken))
        {
            index = batch.FirstIndex;
            foreach (var leaf in batch.Leaves)
            {
                writer.Row().Number(index++).Time(batch.SealedAt).Bytes(leaf.Bytes.Span);
                await writer.SendAsync(cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        await using (var writer = await CopyWriter.BeginAsync(session, "audit.disclosure", ["leaf_index", "items"], cancellationToken))
        {
            for (var i = 0; i < batch.Leaves.Count; i++)
            {
                if (batch.Leaves[i].Disclosures is { Length: > 0 } items)
                {
                    writer.Row().Number(batch.FirstIndex + i).Bytes(items.Span);
                    await writer.SendAsync(cancellationToken);
                }
            }

            await writer.CompleteAsync(cancellationToken);
        }

        CrashPoints.At(CrashStep.SealLeavesWritten);
        await AddFewAsync(session, transaction, batch, cancellationToken);
        CrashPoints.At(CrashStep.SealTilesWritten);
    }

    /// <inheritdoc />
    protected override async Task AddAsync(DbConnection connection, DbTransaction transaction, IReadOnlyList<SearchRow> rows, CancellationToken cancellationToken)
    {
        await using var writer = await ((NpgsqlConnection)connection).BeginBinaryImportAsync(
            """
            COPY audit.search (leaf_index, seq, sealed_at, event_time, recorded_at, workspace, event_id, trace_id, actor_ref, action, outcome,
                resource_type, resource_id, source, via, words) FROM STDIN (FORMAT BINARY)
            """,
            cancellationToken);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(row.Index, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(row.Leaf.Sequence, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(row.SealedAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            // As the number that PostgreSQL keeps, because Npgsql takes 0001-01-01T00:00:00Z for minus infinity, which is another time than was sealed.
            await writer.WriteAsync(Microseconds(row.Leaf.Time), NpgsqlDbType.TimestampTz, cancellationToken);
            await writer.WriteAsync(row.Leaf.RecordedAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            foreach (var text in (string?[])[row.Leaf.Workspace, row.Leaf.Id, row.Leaf.TraceId, row.Leaf.ActorRef, row.Leaf.Action, row.Outcome,
                row.Leaf.Resource?.Type, row.Leaf.Resource?.Id, row.Leaf.Source?.Service, row.Via])
            {
                if (text is null)
                {
                    await writer.WriteNullAsync(cancellationToken);
                }
                else
                {
                    await writer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
                }
            }

            await writer.WriteAsync(row.Words.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<T> ReadAsync<T>(string what, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(connection);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw Sql.Unavailable(what, e);
        }
    }

    /// <inheritdoc />
    protected override async Task<T> WriteAsync<T>(string what, Func<DbConnection, DbTransaction, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var answer = await write(connection, transaction);
            await transaction.CommitAsync(CancellationToken.None);
            return answer;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw Sql.Unavailable(what, e);
        }
    }

    // On a connection of its own: the session's is busy meanwhile. Where none is free soon, the session reads for itself.
    private async Task<InboxPage> ReadBesideAsync(long after, int most, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _gone.Token);
        try
        {
            either.CancelAfter(WaitBeside);
            await using var beside = await ((PostgresAuditSql)Sql).Source.OpenConnectionAsync(either.Token);
            either.CancelAfter(Timeout.InfiniteTimeSpan);
            return await ReadPageAsync(beside, after, most, either.Token);
        }
        catch (Exception e) when (AuditSql.IsFailure(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested && !_gone.IsCancellationRequested))
        {
            throw Sql.Unavailable("be sealed", e);
        }
    }

    // Since 2000, as in the wire format of timestamptz.
    private static long Microseconds(DateTimeOffset time) => (time.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond;

    private static ulong Transaction(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static async Task AddFewAsync(NpgsqlConnection session, DbTransaction transaction, SealBatch batch, CancellationToken cancellationToken)
    {
        await using var few = new NpgsqlBatch(session, (NpgsqlTransaction)transaction);
        for (var i = 0; i < batch.Leaves.Count; i++)
        {
            if (batch.Leaves[i].Void is { } gap)
            {
                Add("INSERT INTO audit.gap (leaf_index, from_seq, to_seq) VALUES ($1, $2, $3)", batch.FirstIndex + i, gap.From, gap.To);
            }
        }

        foreach (var actor in batch.Actors)
        {
            Add("INSERT INTO audit.actor (ref, type, id, display_name) VALUES ($1, $2, $3, $4)", actor.Ref, AuditWords.Of(actor.Key.Type), actor.Key.Id, (object?)actor.DisplayName ?? DBNull.Value);
        }

        if (batch.Tiles.Count > 0)
        {
            Add(
                "INSERT INTO audit.tile (level, n, hashes) SELECT * FROM unnest($1, $2, $3)",
                batch.Tiles.Select(static tile => (short)tile.Tile.Level).ToArray(),
                batch.Tiles.Select(static tile => tile.Tile.Index).ToArray(),
                batch.Tiles.Select(static tile => tile.Hashes.ToArray()).ToArray());
        }

        // Exactly these: a lower number may have been committed since they were read. Some at a time, so that what the trigger looks at stays in memory.
        foreach (var sequences in batch.Leaves.Where(static leaf => leaf.Sequence is not null).Select(static leaf => leaf.Sequence!.Value).Chunk(DeleteAtOnce))
        {
            Add("DELETE FROM audit.inbox WHERE seq = ANY ($1)", sequences);
        }

        if (few.BatchCommands.Count > 0)
        {
            await few.ExecuteNonQueryAsync(cancellationToken);
        }

        void Add(string statement, params ReadOnlySpan<object> values)
        {
            var command = new NpgsqlBatchCommand(statement);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            few.BatchCommands.Add(command);
        }
    }

    // Few texts stand in many rows: one string for each while they repeat.
    private sealed class Texts
    {
        private readonly Dictionary<int, (byte[] Utf8, string Text)> _known = [];

        public string Of(ReadOnlySpan<byte> utf8)
        {
            var hash = new HashCode();
            hash.AddBytes(utf8);
            var slot = hash.ToHashCode() & 255;
            if (_known.TryGetValue(slot, out var known) && utf8.SequenceEqual(known.Utf8))
            {
                return known.Text;
            }

            var text = Encoding.UTF8.GetString(utf8);
            _known[slot] = (utf8.ToArray(), text);
            return text;
        }
    }
}
