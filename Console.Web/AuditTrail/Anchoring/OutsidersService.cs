using OpsConsole.Core.AuditTrail.Anchoring;

namespace OpsConsole.Web.AuditTrail.Anchoring;

/// <summary>Brings checkpoints to anchors and witnesses while the console runs.</summary>
internal sealed class OutsidersService(Outsiders outsiders) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => outsiders.RunAsync(stoppingToken);
}
