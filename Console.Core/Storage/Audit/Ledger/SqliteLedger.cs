using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using OpsConsole.Core.AuditTrail.Verification;
using SQLitePCL;

namespace OpsConsole.Core.Storage.Audit.Ledger;

/// <summary>One snapshot of the file: a read transaction on one connection, which several statements walk in turns.</summary>
internal sealed class SqliteLedger : ILedgerSnapshot
{
    private readonly ConsoleDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteLedger(ConsoleDatabase database, SqliteConnection connection, SqliteTransaction transaction) =>
        (_database, _connection, _transaction) = (database, connection, transaction);

    /// <summary>Takes the snapshot.</summary>
    public static async Task<SqliteLedger> OpenAsync(ConsoleDatabase database, CancellationToken cancellationToken)
    {
        // Read only, and never made: verifying a file that is not there must not leave an empty one behind.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.SqliteConnectionString!) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = connection.BeginTransaction(deferred: true);

            // A deferred transaction sees the state at its first read.
            await using var command = AuditSql.Command(connection, transaction, "SELECT count(*) FROM (SELECT 1 FROM audit_leaf LIMIT 1)");
            await command.ExecuteScalarAsync(cancellationToken);
            return new SqliteLedger(database, connection, transaction);
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
            return RowsAsync("SELECT rowid, words FROM audit_words WHERE rowid >= @p0 AND rowid < @p1 ORDER BY rowid", columns, [from, to], cancellationToken);
        }

        var key = columns[0].Name;
        var names = string.Join(", ", columns.Select(static c => c.Name));
        var where = LedgerSql.Level(table) is { } level ? $"level = {level.ToString(CultureInfo.InvariantCulture)} AND " : "";
        return columns[0].Type == LedgerType.Text
            ? RowsAsync($"SELECT {names} FROM audit_{LedgerSql.Name(table)} ORDER BY {LedgerSql.Order(table)}", columns, [], cancellationToken)
            : RowsAsync(
                $"SELECT {names} FROM audit_{LedgerSql.Name(table)} WHERE {where}{key} >= @p0 AND {key} < @p1 ORDER BY {LedgerSql.Order(table)}", columns, [from, to], cancellationToken);
    }

    /// <inheritdoc />
    public bool NumbersRollBack => true;

    /// <inheritdoc />
    public async Task<long> CountAsync(LedgerTable table, CancellationToken cancellationToken) =>
        await ScalarAsync($"SELECT count(*) FROM audit_{(table == LedgerTable.Words ? "words" : LedgerSql.Name(table))}", [], cancellationToken) ?? 0;

    /// <inheritdoc />
    public async Task<long> LastNumberAsync(CancellationToken cancellationToken) =>
        await ScalarAsync("SELECT max(seq) FROM sqlite_sequence WHERE name = 'audit_inbox'", [], cancellationToken) ?? 0;

    /// <inheritdoc />
    public async Task<long?> LastAsync(LedgerTable table, CancellationToken cancellationToken) =>
        await ScalarAsync($"SELECT max({LedgerTables.Columns(table)[0].Name}) FROM audit_{LedgerSql.Name(table)}", [], cancellationToken);

    /// <inheritdoc />
    public async Task<(long From, long To)> SealedAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        const string Where = "FROM audit_event WHERE sealed_at >= @p0 AND sealed_at < @p1";
        object[] times = [SqliteAuditSql.Microseconds(from ?? DateTimeOffset.MinValue), SqliteAuditSql.Microseconds(to ?? DateTimeOffset.MaxValue)];
        var first = await ScalarAsync($"SELECT min(leaf_index) {Where}", times, cancellationToken);
        var last = await ScalarAsync($"SELECT max(leaf_index) {Where}", times, cancellationToken);
        return first is null ? (0, 0) : (first.Value, last!.Value + 1);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<LedgerRows> WithActionAsync(string action, CancellationToken cancellationToken) => RowsAsync(
        "SELECT e.leaf_index, e.sealed_at, e.leaf FROM audit_search s JOIN audit_event e ON e.leaf_index = s.leaf_index WHERE s.action = @p0 ORDER BY e.leaf_index",
        LedgerTables.Columns(LedgerTable.Event),
        [action],
        cancellationToken);

    /// <inheritdoc />
    public Task<string?> WhyWordsAreNotFoundAsync(CancellationToken cancellationToken) => CheckAsync("audit_words", cancellationToken);

    /// <inheritdoc />
    public Task<string?> WhyRowsAreNotFoundAsync(CancellationToken cancellationToken) => CheckAsync("audit_search", cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> MissingGuardsAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var command = AuditSql.Command(_connection, _transaction, LedgerGuards.SqliteMissing);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var missing = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                missing.Add(reader.GetString(0));
            }

            return missing;
        }
        catch (SqliteException e)
        {
            throw LedgerSql.Unavailable(_database, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    // A table with its indexes.
    private async Task<string?> CheckAsync(string table, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // True on this connection alone, which has seen no other state of the index than that of its snapshot: see ConsoleDatabase.CheckAsync.
            await using var command = AuditSql.Command(_connection, _transaction, $"PRAGMA integrity_check(\"{table}\")");
            command.CommandTimeout = 0;

            // Ten million rows with nine indexes take minutes, and nobody who cancels wants to wait for them.
            await using var broken = cancellationToken.Register(() => raw.sqlite3_interrupt(_connection.Handle));
            return await command.ExecuteScalarAsync(cancellationToken) is string said && said != "ok" ? said.ReplaceLineEndings(" ").Trim() : null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return "its pages are damaged";
        }
        catch (SqliteException e)
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
            await using var command = AuditSql.Command(_connection, _transaction, sql, parameters);
            command.CommandTimeout = 0;
            return await command.ExecuteScalarAsync(cancellationToken) as long?;
        }
        catch (SqliteException e)
        {
            throw LedgerSql.Unavailable(_database, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async IAsyncEnumerable<LedgerRows> RowsAsync(
        string sql, IReadOnlyList<LedgerColumn> columns, object[] parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SqliteDataReader? reader = null;
        SqliteCommand? command = null;
        try
        {
            while (true)
            {
                // One statement at a time steps: a connection is not for two threads at once.
                await _turn.WaitAsync(cancellationToken);
                LedgerRows rows;
                try
                {
                    if (reader is null)
                    {
                        command = (SqliteCommand)AuditSql.Command(_connection, _transaction, sql, parameters);
                        command.CommandTimeout = 0;
                        reader = command.ExecuteReader();
                    }

                    rows = Batch(reader, columns);
                }
                catch (SqliteException e)
                {
                    throw LedgerSql.Unavailable(_database, e);
                }
                finally
                {
                    _turn.Release();
                }

                if (rows.Count == 0)
                {
                    rows.Dispose();
                    yield break;
                }

                yield return rows;
            }
        }
        finally
        {
            await _turn.WaitAsync(CancellationToken.None);
            reader?.Dispose();
            command?.Dispose();
            _turn.Release();
        }
    }

    private static LedgerRows Batch(SqliteDataReader reader, IReadOnlyList<LedgerColumn> columns)
    {
        var rows = new LedgerRows(columns.Count);
        while (rows.Size < LedgerSql.BatchBytes && reader.Read())
        {
            var statement = reader.Handle!;
            for (var i = 0; i < columns.Count; i++)
            {
                // A cell may be of any type, whatever the column says: somebody may have written to the file by hand.
                switch (raw.sqlite3_column_type(statement, i), columns[i].Type)
                {
                    case (raw.SQLITE_NULL, _):
                        rows.AddNull();
                        break;
                    case (raw.SQLITE_INTEGER, LedgerType.Number or LedgerType.Time):
                        rows.Add(raw.sqlite3_column_int64(statement, i));
                        break;
                    default:
                        rows.Add(raw.sqlite3_column_blob(statement, i));
                        break;
                }
            }
        }

        return rows;
    }
}
