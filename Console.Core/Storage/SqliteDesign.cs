using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OpsConsole.Core.Storage;

/// <summary>What <c>dotnet ef migrations add</c> uses (see CONTRIBUTING.md). Never used at run time.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteConsoleDb>
{
    /// <inheritdoc />
    public SqliteConsoleDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteConsoleDb>().UseSqlite("Data Source=design.db").Options);
}
