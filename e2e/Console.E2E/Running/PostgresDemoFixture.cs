using OpsConsole.Testing.Storage;

namespace OpsConsole.E2E.Running;

/// <summary>The same over a real PostgreSQL: a database of its own on the tests' server. Less history, so that it starts sooner.</summary>
public sealed class PostgresDemoFixture : DemoFixture
{
    /// <inheritdoc />
    protected override async Task<string[]> ArgumentsAsync()
    {
        var cluster = await PostgresCluster.SharedAsync();
        return ["--set", "Simulator:HistoryHours=2", "--set", $"Database:Connection={await cluster.CreateDatabaseAsync()}"];
    }
}
