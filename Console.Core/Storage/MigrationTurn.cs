using Microsoft.Data.Sqlite;
using Npgsql;

namespace OpsConsole.Core.Storage;

/// <summary>
/// The turn of whoever migrates. The lock of EF Core's own does not hold on a database that has no history table yet, and in SQLite it is a row that
/// stays when its process is killed, so that the next start would wait for ever.
/// </summary>
internal sealed class MigrationTurn : IAsyncDisposable
{
    // Any number will do, as long as it stays; it is the CRC-32 of "migrations".
    private const long Lock = 0x5C3D_91B0;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly IAsyncDisposable _held;

    private MigrationTurn(IAsyncDisposable held) => _held = held;

    /// <summary>Waits for it.</summary>
    public static async Task<MigrationTurn> TakeAsync(ConsoleDatabase database, CancellationToken cancellationToken) =>
        new(database.Postgres is { } source ? await SessionAsync(source, cancellationToken) : await FileAsync(database, cancellationToken));

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _held.DisposeAsync();

    private static async Task<IAsyncDisposable> SessionAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            // As long as another one migrates.
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({Lock})", connection) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new Session(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<IAsyncDisposable> FileAsync(ConsoleDatabase database, CancellationToken cancellationToken)
    {
        var path = $"{database.Name}.migrating";
        FileStream? held = null;
        while (held is null)
        {
            held = FileLock.TryTake(path);
            if (held is null)
            {
                await Task.Delay(Look, cancellationToken);
            }
        }

        try
        {
            // Who holds the file is the only one: a row that is there is a dead process's.
            await using var connection = new SqliteConnection(database.SqliteConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE IF EXISTS \"__EFMigrationsLock\"";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    private sealed class Session(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await using var command = new NpgsqlCommand($"SELECT pg_advisory_unlock({Lock})", connection);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }
}
