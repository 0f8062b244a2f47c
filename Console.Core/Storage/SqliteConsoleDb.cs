using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Core.Storage;

/// <summary>The embedded database: one SQLite file in the data folder.</summary>
public sealed class SqliteConsoleDb(DbContextOptions<SqliteConsoleDb> options) : ConsoleDb(options);
