using OpsConsole.Core.AuditTrail.Retention;

namespace OpsConsole.Web.AuditTrail.Retention;

/// <summary>Carries out what was decided while the console runs.</summary>
internal sealed class RetentionService(RetentionRunner runner) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
