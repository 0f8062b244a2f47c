using Microsoft.Data.Sqlite;
using Npgsql;

namespace OpsConsole.Core.Storage;

/// <content>What is done about a SQLite file that is damaged.</content>
public sealed partial class ConsoleDatabase
{
    /// <summary>
    /// Reads the whole SQLite file and looks whether its pages hang together. Quick for small files; it changes nothing. What it finds is
    /// <see cref="Damage"/> from then on.
    /// </summary>
    /// <exception cref="SqliteException">The file cannot be read for another reason.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (SqliteConnectionString is null)
        {
            return;
        }

        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(SqliteConnectionString) { Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            foreach (var table in await TablesAsync(connection, cancellationToken))
            {
                await using var command = connection.CreateCommand();
                command.CommandTimeout = 0;
                command.CommandText = $"PRAGMA quick_check(\"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\")";
                if (await command.ExecuteScalarAsync(cancellationToken) is string found && found != "ok")
                {
                    Spoil($"table {table}: {found.ReplaceLineEndings(" ").Trim()}");
                    return;
                }
            }
        }
        catch (SqliteException e) when (DatabaseFault.IsDamage(e))
        {
            Look(e);
        }
    }

    /// <summary>Told of a failure: keeps in mind what it means for the calls that come.</summary>
    internal void Look(Exception e)
    {
        if (Kind == DatabaseKind.Sqlite)
        {
            if (DatabaseFault.IsDamage(e))
            {
                Spoil(DatabaseFault.Cause(e).Message);
            }
        }
        else if (DatabaseFault.Cause(e) is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction })
        {
            // The connections that are kept lead to a server that is not the primary any more; new ones may lead to the one that is.
            Postgres!.Clear();
        }
    }

    /// <summary>Called before each write.</summary>
    /// <exception cref="IOException">The file is damaged.</exception>
    internal void RefuseDamaged()
    {
        if (Damage is { } damage)
        {
            throw new IOException(damage);
        }
    }

    // Table by table, for the check of everything looks into the full-text index too, on which nothing depends that could not be made anew: that is looked
    // at by verification. The tables that the index is made of are among these. On a connection of its own: FTS5 keeps totals of the index that a connection
    // has seen, so that one which was used before calls the index malformed after another has written to it, in peace and under the write lock as well
    // (SQLite 3.50.4), and a new one never does.
    private static async Task<IReadOnlyList<string>> TablesAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rootpage";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        List<string> tables = ["sqlite_master"];
        while (await rows.ReadAsync(cancellationToken))
        {
            tables.Add(rows.GetString(0));
        }

        return tables;
    }

    private string Marker => $"{Name}.damaged";

    private void Spoil(string found)
    {
        if (Interlocked.CompareExchange(ref _damage, $"{Name} is damaged ({found}). {DatabaseFault.Damage}", null) is not null)
        {
            return;
        }

        try
        {
            // So that the next start looks before it writes, however large the file is.
            File.WriteAllText(Marker, $"{found}{Environment.NewLine}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk may be what is broken.
        }

        Spoilt?.Invoke(this, EventArgs.Empty);
    }

    // Before the first write. A large file is looked at while the console runs, unless it was found damaged before.
    private async Task CheckAtStartAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(Name);
        if (!file.Exists || file.Length == 0)
        {
            return;
        }

        if (file.Length <= SmallFile || File.Exists(Marker))
        {
            await CheckAsync(cancellationToken);
            if (Damage is { } damage)
            {
                throw new DatabaseException($"the database {damage}");
            }

            File.Delete(Marker);
        }
    }
}
