using System.Diagnostics.CodeAnalysis;
using Npgsql;
using OpsConsole.Testing.Network;
using OpsConsole.Testing.Storage;

namespace OpsConsole.E2E.Running;

/// <summary>A console with its PostgreSQL behind a link that a journey breaks; it may be killed and started again.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The test framework ends a fixture by DisposeAsync.")]
public sealed class FaultyDemoFixture : DemoFixture
{
    private BadLink? _link;

    /// <summary>Between the console and its database.</summary>
    public BadLink Link => _link!;

    /// <inheritdoc />
    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_link is not null)
        {
            await _link.DisposeAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task<string[]> ArgumentsAsync()
    {
        var cluster = await PostgresCluster.SharedAsync();
        _link = new BadLink(cluster.Port);
        var connection = new NpgsqlConnectionStringBuilder(await cluster.CreateDatabaseAsync()) { Port = _link.Port, Timeout = 3, CommandTimeout = 5 };
        return ["--set", "Simulator:HistoryHours=0", "--set", $"Database:Connection={connection}"];
    }
}
