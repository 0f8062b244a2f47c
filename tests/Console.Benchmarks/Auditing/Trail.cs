using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Benchmarks.Auditing;

/// <summary>An audit trail over the database that the arguments name, with a sealer that runs beside.</summary>
internal sealed class Trail : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConsoleDatabase _database;
    private readonly Task _sealing;

    private Trail(ConsoleDatabase database, LogKeys keys)
    {
        _database = database;
        var time = TimeProvider.System;
        var signals = new SealSignals();
        Store = new AuditStore(database, time, signals);
        Reader = new AuditReader(database, time, signals);
        var sealer = new Sealer(
            new SealStore(database, time), keys, new SealerOptions { Origin = keys.Origin }, signals, Health, new SystemEvents(Store, time), time, NullLogger<Sealer>.Instance);
        _sealing = sealer.RunAsync(_stop.Token);
    }

    public AuditStore Store { get; }

    public AuditReader Reader { get; }

    public SealHealth Health { get; } = new();

    /// <summary><c>--connection STRING</c> of PostgreSQL, or <c>--folder DIR</c> with a SQLite file; the key lies in the folder.</summary>
    public static async Task<Trail> OpenAsync(Arguments arguments)
    {
        var folder = Directory.CreateDirectory(arguments.Text("folder") ?? Path.Combine(Path.GetTempPath(), "opsconsole-bench")).FullName;
        var database = ConsoleDatabase.For(arguments.Text("connection") ?? "", Path.Combine(folder, "console.db"));
        await database.MigrateAsync(CancellationToken.None);
        return new Trail(database, LogKeys.Open(Path.Combine(folder, "audit.key"), "opsconsole.local/audit"));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sealing;
        await _database.DisposeAsync();
        _stop.Dispose();
    }
}
