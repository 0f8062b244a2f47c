namespace OpsConsole.Core.Storage;

/// <summary>Which database the console keeps its data in.</summary>
public enum DatabaseKind
{
    /// <summary>One file in the data folder: nothing to set up.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or later.</summary>
    Postgres,
}
