using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Web.AuditTrail.Sealing;

/// <summary>Seals while the console runs. It stops after the web server, so that what the last requests recorded is sealed too.</summary>
internal sealed class SealingService(Sealer sealer) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => sealer.RunAsync(stoppingToken);
}
