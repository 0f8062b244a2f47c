using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OpsConsole.Core.Storage;

/// <summary>What <c>dotnet ef migrations add</c> uses (see CONTRIBUTING.md). Never used at run time.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresConsoleDb>
{
    /// <inheritdoc />
    public PostgresConsoleDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresConsoleDb>()
            .UseNpgsql("Host=design", static o => o.MigrationsHistoryTable("__EFMigrationsHistory", PostgresConsoleDb.Schema)).Options);
}
