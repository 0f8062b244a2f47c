using OpsConsole.Core.AuditTrail.Ingestion;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Ingestion;

/// <summary>Copies Google's audit logs while the console runs, each project by itself.</summary>
internal sealed class CloudAuditService(CloudAuditPoller poller, ICloudRun cloudRun, DatabaseWait database, TimeProvider time, ILogger<CloudAuditService> logger)
    : AfterDatabase(database, time, logger)
{
    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken) => Task.WhenAll(cloudRun.Projects.Select(project => poller.RunAsync(project, stoppingToken)));
}
