using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using OpsConsole.Core.Storage;

namespace OpsConsole.Testing.Storage;

/// <summary>A migrated console database of one test: a file, or a database in the tests' own PostgreSQL.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    // Migrated once; the tests' databases are copies of it.
    private static readonly Lazy<Task<string>> Template = new(MigratedTemplateAsync);

    private readonly DirectoryInfo _folder;

    private TestDatabase(ConsoleDatabase database, DirectoryInfo folder, string connection)
    {
        Database = database;
        _folder = folder;
        Connection = connection;
    }

    /// <summary>The database.</summary>
    public ConsoleDatabase Database { get; }

    /// <summary>Connection string of its superuser, or of the file: for tampering and for looking.</summary>
    public string Connection { get; }

    /// <summary>A folder for keys, anchors and the like; it goes with the database.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Makes and migrates one.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-db-");
        var file = Path.Combine(folder.FullName, "console.db");
        var connection = kind == DatabaseKind.Sqlite ? $"Data Source={file};Pooling=False" : await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync(template: await Template.Value);
        var database = ConsoleDatabase.For(kind == DatabaseKind.Sqlite ? "" : connection, file);
        if (kind == DatabaseKind.Sqlite)
        {
            await database.MigrateAsync(CancellationToken.None);
        }

        return new TestDatabase(database, folder, connection);
    }

    /// <summary>Runs statements as the superuser; tables are named <c>audit.NAME</c> in both.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Spell(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>One value.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Spell(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The first column of all rows.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Spell(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<T>();
        while (await reader.ReadAsync())
        {
            list.Add(await reader.GetFieldValueAsync<T>(0));
        }

        return list;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<string> MigratedTemplateAsync()
    {
        var connection = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        await using var database = ConsoleDatabase.For(connection, "");
        await database.MigrateAsync(CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }

    private string Spell(string sql) => Database.Kind == DatabaseKind.Sqlite ? sql.Replace("audit.", "audit_", StringComparison.Ordinal) : sql;

    private async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = Database.Kind == DatabaseKind.Sqlite ? new SqliteConnection(Connection) : new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        return connection;
    }
}
