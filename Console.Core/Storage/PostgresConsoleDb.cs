using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Core.Storage;

/// <summary>The console's tables in PostgreSQL, in a schema of their own. The audit trail's schema beside it is written in SQL.</summary>
public sealed class PostgresConsoleDb(DbContextOptions<PostgresConsoleDb> options) : ConsoleDb(options)
{
    /// <summary>Schema of the console's own tables and of the list of applied migrations.</summary>
    public const string Schema = "opsconsole";

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        base.OnModelCreating(modelBuilder);
    }
}
