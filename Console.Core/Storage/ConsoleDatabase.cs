using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Core.Storage;

/// <summary>Opens the console's database and brings it to this version.</summary>
public sealed class ConsoleDatabase(string file)
{
    private readonly DbContextOptions<SqliteConsoleDb> _options = new DbContextOptionsBuilder<SqliteConsoleDb>()
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString())
        .Options;

    /// <summary>Path of the database.</summary>
    public string File { get; } = file;

    /// <summary>A unit of work. Dispose of it.</summary>
    public ConsoleDb Open() => new SqliteConsoleDb(_options);

    /// <summary>Applies the migrations that are missing. Safe to call twice; two processes take turns.</summary>
    /// <exception cref="DatabaseException">The file is damaged, locked, of a newer version, or cannot be written.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = new SqliteConsoleDb(_options);
            var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                throw new DatabaseException(string.Create(CultureInfo.InvariantCulture, $"{File} was written by a newer OpsConsole (it has migration {unknown[0]}). Use that version, or another data folder."));
            }

            await db.Database.MigrateAsync(cancellationToken);

            // Write-ahead logging: readers do not wait for the writer. The mode stays in the file.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        }
        catch (SqliteException e)
        {
            throw new DatabaseException($"the database {File} cannot be opened: {e.Message} Restore it from a backup, or choose another data folder.", e);
        }
    }
}
