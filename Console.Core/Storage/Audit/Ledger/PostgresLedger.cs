using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Core.Storage.Audit.Ledger;

/// <summary>One snapshot of PostgreSQL, shared by a connection for each table that is being read.</summary>
internal sealed class PostgresLedger : ILedgerSnapshot
{
    // A verification of a large log takes its time, and each statement of it streams.
    private const int NoTimeout = 0;
    private readonly ConsoleDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _snapshot;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private PostgresLedger(ConsoleDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction, string snapshot) =>
        (_database, _connection, _transaction, _snapshot) = (database, connection, transaction, snapshot);

    /// <summary>Takes the snapshot.</summary>
    public static async Task<PostgresLedger> OpenAsync(ConsoleDatabase database, CancellationToken cancellationToken)
    {
        var connection = await database.Postgres!.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await using var command = new NpgsqlCommand("SET TRANSACTION READ ONLY; SELECT pg_export_snapshot()", connection, transaction);
            var snapshot = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
            return new PostgresLedger(database, connection, transaction, snapshot);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<LedgerRows> ReadAsync(LedgerTable table, long from, long to, CancellationToken cancellationToken)
    {
        var columns = LedgerTables.Columns(table);
        if (table == LedgerTable.Words)
        {
            return CopyAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT leaf_index, array_to_string(words, ' ') FROM audit.search WHERE leaf_index >= {from} AND leaf_index < {to} ORDER BY leaf_index"),
                columns,
                cancellationToken);
        }

        var key = columns[0].Name;
        var where = LedgerSql.Level(table) is { } level
            ? string.Create(CultureInfo.InvariantCulture, $"level = {level} AND {key} >= {from} AND {key} < {to}")
            : columns[0].Type == LedgerType.Text ? "true" : string.Create(CultureInfo.InvariantCulture, $"{key} >= {from} AND {key} < {to}");
        return CopyAsync(
            $"SELECT {string.Join(", ", columns.Select(static c => c.Name))} FROM audit.{LedgerSql.Name(table)} WHERE {where} ORDER BY {LedgerSql.Order(table)}", columns, cancellationToken);
    }

    /// <inheritdoc />
    public bool NumbersRollBack => false;

    /// <inheritdoc />
    public async Task<long> CountAsync(LedgerTable table, CancellationToken cancellationToken) =>
        await ScalarAsync($"SELECT count(*) FROM audit.{(table == LedgerTable.Words ? "search" : LedgerSql.Name(table))}", [], cancellationToken) ?? 0;

    /// <inheritdoc />
    public async Task<long> LastNumberAsync(CancellationToken cancellationToken) =>
        await ScalarAsync("SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM audit.event_seq", [], cancellationToken) ?? 0;

    /// <inheritdoc />
    public async Task<long?> LastAsync(LedgerTable table, CancellationToken cancellationToken) =>
        await ScalarAsync($"SELECT max({LedgerTables.Columns(table)[0].Name}) FROM audit.{LedgerSql.Name(table)}", [], cancellationToken);

    /// <inheritdoc />
    public async Task<(long From, long To)> SealedAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        const string Where = "FROM audit.event WHERE sealed_at >= $1 AND sealed_at < $2";
        object[] times = [from?.UtcDateTime ?? DateTime.MinValue, to?.UtcDateTime ?? DateTime.MaxValue];
        var first = await ScalarAsync($"SELECT min(leaf_index) {Where}", times, cancellationToken);
        var last = await ScalarAsync($"SELECT max(leaf_index) {Where}", times, cancellationToken);
        return first is null ? (0, 0) : (first.Value, last!.Value + 1);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<LedgerRows> WithActionAsync(string action, CancellationToken cancellationToken) => CopyAsync(
        $"SELECT e.leaf_index, e.sealed_at, e.leaf FROM audit.search s JOIN audit.event e ON e.leaf_index = s.leaf_index AND e.sealed_at = s.sealed_at WHERE s.action = '{action.Replace("'", "''", StringComparison.Ordinal)}' ORDER BY e.leaf_index",
        LedgerTables.Columns(LedgerTable.Event),
        cancellationToken);

    /// <inheritdoc />
    public Task<string?> WhyWordsAreNotFoundAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <inheritdoc />
    public Task<string?> WhyRowsAreNotFoundAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> MissingGuardsAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(LedgerGuards.PostgresMissing, _connection, _transaction) { CommandTimeout = NoTimeout };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var missing = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                missing.Add(reader.GetString(0));
            }

            return missing;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw LedgerSql.Unavailable(_database, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<long?> ScalarAsync(string sql, object[] parameters, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(sql, _connection, _transaction) { CommandTimeout = NoTimeout };
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = DateTime.SpecifyKind((DateTime)parameter, DateTimeKind.Utc) });
            }

            return await command.ExecuteScalarAsync(cancellationToken) as long?;
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            throw LedgerSql.Unavailable(_database, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async IAsyncEnumerable<LedgerRows> CopyAsync(string sql, IReadOnlyList<LedgerColumn> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var copying = await BeginAsync(sql, cancellationToken);
        using var reader = new CopyReader(copying.Stream, columns);
        while (true)
        {
            LedgerRows? rows;
            try
            {
                rows = await reader.NextAsync(cancellationToken);
            }
            catch (Exception e) when (AuditSql.IsFailure(e))
            {
                throw LedgerSql.Unavailable(_database, e);
            }

            if (rows is null)
            {
                copying.IsOver = true;
                yield break;
            }

            yield return rows;
        }
    }

    private async Task<Copying> BeginAsync(string sql, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await _database.Postgres!.OpenConnectionAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

            // Sorting a table of events in memory would be the server's choice where its statistics are old: the keys are in order already.
            await using (var command = new NpgsqlCommand(
                $"SET TRANSACTION SNAPSHOT '{_snapshot}'; SET TRANSACTION READ ONLY; SET LOCAL enable_sort = off; SET LOCAL statement_timeout = 0", connection, transaction))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            var stream = await connection.BeginRawBinaryCopyAsync($"COPY ({sql}) TO STDOUT (FORMAT BINARY)", cancellationToken);
            stream.ReadTimeout = Timeout.Infinite;
            return new Copying(connection, transaction, stream);
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            if (AuditSql.IsFailure(e))
            {
                throw LedgerSql.Unavailable(_database, e);
            }

            throw;
        }
    }

    private sealed class Copying(NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlRawCopyStream stream) : IAsyncDisposable
    {
        public Stream Stream => stream;

        /// <summary>Whether all was read.</summary>
        public bool IsOver { get; set; }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (!IsOver)
                {
                    // Otherwise disposing reads what is left of the table to its end, and whoever cancels waits for that.
                    await stream.CancelAsync();
                }

                await stream.DisposeAsync();
                await transaction.DisposeAsync();
            }
            catch (Exception e) when (AuditSql.IsFailure(e) || e is OperationCanceledException)
            {
                // Read only, and over: nothing is lost with it.
            }

            await connection.DisposeAsync();
        }
    }
}
