namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Database</c>: where the console keeps its data.</summary>
public sealed class DatabaseSettings
{
    /// <summary>Connection string of PostgreSQL 15 or later; empty for SQLite in the data folder. It may hold a password: never logged, never shown.</summary>
    public string Connection { get; set; } = "";
}
