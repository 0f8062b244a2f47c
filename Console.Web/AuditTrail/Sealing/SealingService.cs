using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Sealing;

/// <summary>Seals while the console runs. It stops after the web server, so that what the last requests recorded is sealed too.</summary>
internal sealed class SealingService(Sealer sealer, SealMeters meters, DatabaseWait database, TimeProvider time, ILogger<SealingService> logger)
    : AfterDatabase(database, time, logger)
{
    // Instruments exist once somebody has made them.
    private readonly SealMeters _meters = meters;

    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken)
    {
        GC.KeepAlive(_meters);
        return sealer.RunAsync(stoppingToken);
    }
}
