using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.Storage;

/// <summary>Opens the console's database and brings it to this version: one SQLite file, or a database in PostgreSQL.</summary>
public sealed partial class ConsoleDatabase : IAsyncDisposable, IDisposable
{
    /// <summary>Bytes that are read at each start before anything else.</summary>
    private const long SmallFile = 64 * 1024 * 1024;

    private readonly DbContextOptions<SqliteConsoleDb>? _sqlite;
    private readonly DbContextOptions<PostgresConsoleDb>? _postgres;
    private string? _damage;

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

    /// <summary>What is wrong with the bytes of the SQLite file, a sentence, since it was noticed; nothing is written to it from then on.</summary>
    public string? Damage => Volatile.Read(ref _damage);

    /// <summary>Raised once, when <see cref="Damage"/> is noticed.</summary>
    public event EventHandler? Spoilt;

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
            else
            {
                await CheckAtStartAsync(cancellationToken);
            }

            await using var turn = await MigrationTurn.TakeAsync(this, cancellationToken);
            await using var db = Open();
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            var unknown = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                throw new DatabaseException($"{Name} was written by a newer OpsConsole (it has migration {unknown[0]}). Use that version, or another {(Kind == DatabaseKind.Sqlite ? "data folder" : "database")}.");
            }

            CrashPoints.At(CrashStep.MigrationBegun);
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                await db.Database.MigrateAsync(cancellationToken);
            }

            if (Kind == DatabaseKind.Sqlite)
            {
                // Write-ahead logging: readers do not wait for the writer. The mode stays in the file.
                await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
            }

            CrashPoints.At(CrashStep.MigrationDone);
        }
        catch (Exception e) when (Kind == DatabaseKind.Sqlite && (e is SqliteException or IOException || e.InnerException is SqliteException))
        {
            throw new DatabaseException($"the database {Name} cannot be used: {DatabaseFault.Sentence(e)}", e);
        }
        catch (Exception e) when (Kind == DatabaseKind.Postgres && (e is DbException or TimeoutException or IOException or SocketException || e.InnerException is DbException))
        {
            Look(e);
            throw new DatabaseException($"the {Name} cannot be used: {DatabaseFault.Sentence(e)} Check OpsConsole:Database:Connection, and that the server runs.", e)
            {
                IsAway = DatabaseFault.IsAway(e),
            };
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
            if (Postgres is not null)
            {
                // EF Core takes a database that is not there for one without migrations.
                await using var connection = await Postgres.OpenConnectionAsync(cancellationToken);
            }

            await using var db = Open();
            var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
            var known = db.Database.GetMigrations().ToList();
            return applied.Count == 0
                ? $"{Name} is not a database of this console: it has none of its tables. {(Kind == DatabaseKind.Sqlite ? "Give the console's data folder with --data." : "Name the console's own in OpsConsole:Database:Connection.")}"
                : applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer ? $"{Name} was written by a newer OpsConsole (it has migration {newer}). Use that version."
                : known.Except(applied, StringComparer.Ordinal).Any() ? $"{Name} was written by an older OpsConsole. Start this version once with it: that brings it up to date."
                : null;
        }
        catch (Exception e) when (e is DbException or TimeoutException or SocketException or IOException || e.InnerException is DbException)
        {
            return $"{Name} cannot be used: {DatabaseFault.SentenceOfOneTry(e)}";
        }
    }

    /// <summary>Null when the database answers and takes writes; else why not, a sentence without user and password.</summary>
    public async Task<string?> WhyUnreachableAsync(CancellationToken cancellationToken)
    {
        if (Damage is { } damage)
        {
            return damage;
        }

        try
        {
            await using var db = Open();
            if (Kind == DatabaseKind.Sqlite)
            {
                // Reads the file, which SELECT 1 does not.
                await db.Database.SqlQueryRaw<long>("SELECT count(*) AS \"Value\" FROM sqlite_master").SingleAsync(cancellationToken);
                return File.Exists(Name) ? null : $"{Name} was taken away while the console runs. Stop the console and put the file back, with its -wal.";
            }

            return await db.Database.SqlQueryRaw<string>("SELECT current_setting('transaction_read_only') AS \"Value\"").SingleAsync(cancellationToken) == "on"
                ? $"{Name} takes no writes: a standby, or set so by its administrator. It goes on once the address leads to the primary."
                : null;
        }
        catch (Exception e) when (e is DbException or TimeoutException or IOException or OperationCanceledException or InvalidOperationException or SocketException)
        {
            Look(e);
            return $"{Name} does not answer: {(e is OperationCanceledException ? "no answer in time. It is tried again by itself." : DatabaseFault.Sentence(e))}";
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Postgres?.Dispose();
        PostgresSessions?.Dispose();
        End();
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

        End();
        SqliteTurn.Dispose();
    }

    /// <summary>Closes the pool's connections to the SQLite file that nobody uses; the last one writes the write-ahead log into the file.</summary>
    internal void CloseIdle()
    {
        if (SqliteConnectionString is not null)
        {
            using var connection = new SqliteConnection(SqliteConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    // Not where the file is damaged: the last one to close would write into it.
    private void End()
    {
        if (Damage is null)
        {
            CloseIdle();
        }
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

        if (given.Host!.Contains(',', StringComparison.Ordinal) && string.IsNullOrEmpty(given.TargetSessionAttributes))
        {
            // Several hosts are a primary and its standbys: whichever is the primary now.
            given.TargetSessionAttributes = "primary";
        }

        if (!given.ContainsKey("Command Timeout"))
        {
            given.CommandTimeout = 20;
        }

        return given;
    }
}
