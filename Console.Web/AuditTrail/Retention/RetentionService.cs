using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Retention;

/// <summary>Carries out what was decided while the console runs.</summary>
internal sealed class RetentionService(RetentionRunner runner, DatabaseWait database, TimeProvider time, ILogger<RetentionService> logger)
    : AfterDatabase(database, time, logger)
{
    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
