using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>Over PostgreSQL.</summary>
public sealed class PostgresRetainedLogTests() : RetainedLogContract(DatabaseKind.Postgres)
{
    protected override Task UnlockAsync(string table) => Bench.Database.ExecuteAsync($"ALTER TABLE audit.{table} DISABLE TRIGGER ALL");
}
