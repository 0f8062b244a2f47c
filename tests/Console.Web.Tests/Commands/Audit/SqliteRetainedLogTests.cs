using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>Over the file.</summary>
public sealed class SqliteRetainedLogTests() : RetainedLogContract(DatabaseKind.Sqlite)
{
    protected override Task UnlockAsync(string table) => Bench.Database.ExecuteAsync($"DROP TRIGGER IF EXISTS audit_{table}_delete");
}
