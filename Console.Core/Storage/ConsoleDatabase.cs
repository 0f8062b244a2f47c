using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OpsConsole.Core.Storage;

/// <summary>Opens the console's database and brings it to this version: one SQLite file, or a database in PostgreSQL.</summary>
public sealed class ConsoleDatabase : IAsyncDisposable, IDisposable
{
    private readonly DbContextOptions<SqliteConsoleDb>? _sqlite;
    private readonly DbContextOptions<PostgresConsoleDb>? _postgres;

    /// <summary>The embedded database.</summary>
    /// <param name="file">Path of the file; it is made at the first start.</param>
    public ConsoleDatabase(string file)
    {
        Kind = DatabaseKind.Sqlite;
        Name = file;
        SqliteConnectionString = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString();
        _sqlite = new DbContextOptionsBuilder<SqliteConsoleDb>().UseSqlite(SqliteConnectionString).Options;
    }

    private ConsoleDatabase(NpgsqlConnectionStringBuilder connection)
    {
        Kind = DatabaseKind.Postgres;
        Name = string.Create(CultureInfo.InvariantCulture, $"PostgreSQL database {connection.Database} on {connection.Host}:{connection.Port}");
        Postgres = NpgsqlDataSource.Create(connection);
        PostgresSessions = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Pooling = false });
        _postgres = new DbContextOptionsBuilder<PostgresConsoleDb>()
            .UseNpgsql(Postgres, static o => o.MigrationsHistoryTable("__EFMigrationsHistory", PostgresConsoleDb.Schema))
            .Options;
    }

    /// <summary>Which.</summary>
    public DatabaseKind Kind { get; }

    /// <summary>The file, or the database and its host: what people are told. No user, no password.</summary>
    public string Name { get; }

    /// <summary>Connections to PostgreSQL; null for SQLite.</summary>
    internal NpgsqlDataSource? Postgres { get; }

    /// <summary>The same without a pool, for sessions that hold a lock: see <see cref="PostgresSession"/>.</summary>
    internal NpgsqlDataSource? PostgresSessions { get; }

    /// <summary>How to open the file; null for PostgreSQL.</summary>
    internal string? SqliteConnectionString { get; }

    /// <summary>The turn of this process's writers of audit events to the file.</summary>
    internal SemaphoreSlim SqliteTurn { get; } = new(1, 1);

    /// <summary>The database that the settings name.</summary>
    /// <param name="connection">Connection string of PostgreSQL; empty for the file.</param>
    /// <param name="file">The file in the data folder.</param>
    /// <exception cref="DatabaseException">The connection string is not one.</exception>
    public static ConsoleDatabase For(string connection, string file)
    {
        if (connection.Length == 0)
        {
            return new ConsoleDatabase(file);
        }

        return WhyUnusable(connection) is { } why
            ? throw new DatabaseException($"OpsConsole:Database:Connection {why}")
            : new ConsoleDatabase(WithDefaults(connection));
    }

    /// <summary>Null when this is a connection string of PostgreSQL; else why not. The value itself is not repeated: it holds a password.</summary>
    public static string? WhyUnusable(string connection)
    {
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connection);
            return string.IsNullOrEmpty(parsed.Host) || string.IsNullOrEmpty(parsed.Database)
                ? "names no Host or no Database. Legal: Host=db.example;Database=opsconsole;Username=opsconsole;Password=…, or empty for the file in the data folder."
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return "is not a connection string of PostgreSQL. Legal: Host=db.example;Database=opsconsole;Username=opsconsole;Password=…, or empty for the file in the data folder.";
        }
    }

    /// <summary>A unit of work. Dispose of it.</summary>
    public ConsoleDb Open() => _sqlite is not null ? new SqliteConsoleDb(_sqlite) : new PostgresConsoleDb(_postgres!);

    /// <summary>Applies the migrations that are missing. Safe to call twice; two processes take turns.</summary>
    /// <exception cref="DatabaseException">The database is damaged, locked, of a newer version, out of reach, or lacks what an administrator must grant.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Postgres is not null)
            {
                await PostgresRoles.EnsureAsync(Postgres, cancellationToken);
            }

            await using var turn = await MigrationTurn.TakeAsync(this, cancellationToken);
            await using var db = Open();
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                throw new DatabaseException($"{Name} was written by a newer OpsConsole (it has migration {unknown[0]}). Use that version, or another {(Kind == DatabaseKind.Sqlite ? "data folder" : "database")}.");
            }

            await db.Database.MigrateAsync(cancellationToken);
            if (Kind == DatabaseKind.Sqlite)
            {
                // Write-ahead logging: readers do not wait for the writer. The mode stays in the file.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            }
        }
        catch (SqliteException e)
        {
            throw new DatabaseException($"the database {Name} cannot be opened: {e.Message} Restore it from a backup, or choose another data folder.", e);
        }
        catch (Exception e) when (Kind == DatabaseKind.Postgres && (e is DbException or TimeoutException || e.InnerException is DbException))
        {
            var cause = e as DbException ?? e.InnerException as DbException;
            throw new DatabaseException($"the {Name} cannot be used: {(cause as PostgresException)?.MessageText ?? cause?.Message ?? e.Message} Check OpsConsole:Database:Connection, and that the server runs.", e);
        }
    }

    /// <summary>Looks whether this version can use the database as it is, and changes nothing: for verbs that must not make or migrate one.</summary>
    /// <returns>Null when it can; else why not, as a sentence.</returns>
    public async Task<string?> WhyNotReadyAsync(CancellationToken cancellationToken)
    {
        if (Kind == DatabaseKind.Sqlite && !File.Exists(Name))
        {
            return $"There is no database {Name}.";
        }

        try
        {
            await using var db = Open();
            var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
            var known = db.Database.GetMigrations().ToList();
            return applied.Count == 0 ? $"{Name} is not a database of this console."
                : applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer ? $"{Name} was written by a newer OpsConsole (it has migration {newer}). Use that version."
                : known.Except(applied, StringComparer.Ordinal).Any() ? $"{Name} was written by an older OpsConsole. Start this version once with it: that brings it up to date."
                : null;
        }
        catch (Exception e) when (e is DbException or TimeoutException || e.InnerException is DbException)
        {
            var cause = e as DbException ?? e.InnerException as DbException;
            return $"{Name} cannot be used: {(cause as PostgresException)?.MessageText ?? cause?.Message ?? e.Message}";
        }
    }

    /// <summary>Null when the database answers; else why not, a sentence without user and password.</summary>
    public async Task<string?> WhyUnreachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = Open();
            await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
            return null;
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or OperationCanceledException or InvalidOperationException)
        {
            return $"{Name} does not answer: {(e is OperationCanceledException ? "no answer in time." : e.Message)}";
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Postgres?.Dispose();
        PostgresSessions?.Dispose();
        SqliteTurn.Dispose();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Postgres is not null)
        {
            await Postgres.DisposeAsync();
        }

        if (PostgresSessions is not null)
        {
            await PostgresSessions.DisposeAsync();
        }

        SqliteTurn.Dispose();
    }

    // Times out before a person does, and says in pg_stat_activity who it is; what the string itself says wins.
    private static NpgsqlConnectionStringBuilder WithDefaults(string connection)
    {
        var given = new NpgsqlConnectionStringBuilder(connection);
        given.ApplicationName ??= "opsconsole";
        if (!given.ContainsKey("Timeout"))
        {
            given.Timeout = 10;
        }

        if (!given.ContainsKey("Command Timeout"))
        {
            given.CommandTimeout = 20;
        }

        return given;
    }
}
