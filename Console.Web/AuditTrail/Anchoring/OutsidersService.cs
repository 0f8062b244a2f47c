using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Anchoring;

/// <summary>Brings checkpoints to anchors and witnesses while the console runs, and shows what incidents any console found.</summary>
internal sealed class OutsidersService(Outsiders outsiders, IncidentWatch incidents, DatabaseWait database, TimeProvider time, ILogger<OutsidersService> logger)
    : AfterDatabase(database, time, logger)
{
    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken) => Task.WhenAll(outsiders.RunAsync(stoppingToken), incidents.RunAsync(stoppingToken));
}
