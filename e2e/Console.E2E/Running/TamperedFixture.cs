using Microsoft.Data.Sqlite;
using Npgsql;
using OpsConsole.Testing.Storage;

namespace OpsConsole.E2E.Running;

/// <summary>A console for journeys that damage its database, as whoever owns that could.</summary>
public abstract class TamperedFixture(bool postgres) : DemoFixture
{
    private string _connection = "";

    /// <summary>Runs a verb of the command line over the same database, while the console runs.</summary>
    public Task<(int ExitCode, string Output, string Error)> CommandAsync(params string[] verb) => ConsoleProcess.RunAsync(
        postgres ? [.. verb, "--data", Data, "--set", $"Database:Connection={_connection}"] : [.. verb, "--data", Data]);

    /// <summary>Changes a table: its triggers stop others, and not its owner.</summary>
    public async Task TamperAsync(string table, string change)
    {
        if (postgres)
        {
            await using var database = new NpgsqlConnection(_connection);
            await database.OpenAsync();
            await using var command = new NpgsqlCommand($"ALTER TABLE audit.{table} DISABLE TRIGGER ALL; {change}; ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER {table}_change", database);
            await command.ExecuteNonQueryAsync();
            return;
        }

        await using var file = new SqliteConnection($"Data Source={Path.Combine(Data, "console.db")};Pooling=False");
        await file.OpenAsync();
        await using var statement = file.CreateCommand();
        statement.CommandText = $"DROP TRIGGER IF EXISTS audit_{table}_update; {change.Replace("audit.", "audit_", StringComparison.Ordinal)}";
        await statement.ExecuteNonQueryAsync();
    }

    /// <summary>Connection string of PostgreSQL; empty for the file.</summary>
    public string Connection => _connection;

    /// <inheritdoc />
    protected override async Task<string[]> ArgumentsAsync()
    {
        string[] quiet = ["--set", "Simulator:HistoryHours=0", "--set", "Simulator:LiveTraffic=false"];
        if (!postgres)
        {
            return quiet;
        }

        _connection = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
        return [.. quiet, "--set", $"Database:Connection={_connection}"];
    }
}
