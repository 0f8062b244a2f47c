using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Benchmarks.Sealing;

/// <summary>An audit trail in a PostgreSQL server of its own, with fsync on, on this machine.</summary>
internal sealed class AuditWorld : IAsyncDisposable
{
    private const string Origin = "bench.test/audit";

    private AuditWorld(PostgresCluster cluster, ConsoleDatabase database, string connection)
    {
        Cluster = cluster;
        Database = database;
        Connection = connection;
        Store = new AuditStore(database, TimeProvider.System, Signals);
        Seals = new SealStore(database, TimeProvider.System);
    }

    /// <summary>The server.</summary>
    public PostgresCluster Cluster { get; }

    /// <summary>The database.</summary>
    public ConsoleDatabase Database { get; }

    /// <summary>The superuser's connection string.</summary>
    public string Connection { get; }

    /// <summary>Appending.</summary>
    public AuditStore Store { get; }

    /// <summary>The sealer's place.</summary>
    public SealStore Seals { get; }

    /// <summary>What the parts tell each other.</summary>
    public SealSignals Signals { get; } = new();

    /// <summary>Makes one.</summary>
    public static async Task<AuditWorld> StartAsync()
    {
        var cluster = await PostgresCluster.StartAsync(durable: true, CancellationToken.None);
        var connection = await cluster.CreateDatabaseAsync();
        var database = ConsoleDatabase.For(connection, "");
        await database.MigrateAsync(CancellationToken.None);
        return new AuditWorld(cluster, database, connection);
    }

    /// <summary>A sealer as the console has it.</summary>
    public Sealer Sealer() => new(
        Seals,
        new LogKeys(Origin, [new SigningKey(Origin, Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray())]),
        new SealerOptions { Origin = Origin },
        Signals,
        new SealHealth(),
        new SystemEvents(Store, TimeProvider.System),
        TimeProvider.System,
        NullLogger<Sealer>.Instance);

    /// <summary>An event of about 300 bytes.</summary>
    public static AuditEvent Event(long number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"e{number}"),
        Time = TimeProvider.System.GetUtcNow(),
        Workspace = "acme-prod",
        TraceId = number.ToString("x32", CultureInfo.InvariantCulture) is var hex && number == 0 ? "00000000000000000000000000000001" : hex,
        Actor = new AuditActor { Type = AuditActorType.User, Id = string.Create(CultureInfo.InvariantCulture, $"user{number % 200}@acme.example"), Ip = "192.0.2.7" },
        Action = "invoice.approve",
        Outcome = AuditOutcome.Success,
        Resource = new AuditResource { Type = "invoice", Id = number.ToString(CultureInfo.InvariantCulture) },
        Source = new AuditSource { Service = "billing" },
        Details = JsonSerializer.SerializeToElement(new { amount = "120.50", currency = "EUR" }),
    };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
