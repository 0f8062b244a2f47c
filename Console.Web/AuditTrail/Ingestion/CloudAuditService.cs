using OpsConsole.Core.AuditTrail.Ingestion;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.AuditTrail.Ingestion;

/// <summary>Copies Google's audit logs while the console runs, each project by itself.</summary>
internal sealed class CloudAuditService(CloudAuditPoller poller, ICloudRun cloudRun) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(cloudRun.Projects.Select(project => poller.RunAsync(project, stoppingToken)));
}
