using OpsConsole.Core.AuditTrail.Reconciliation;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary>Makes the daily statements while the console runs.</summary>
internal sealed class DailyStatementsService(DailyStatements statements) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => statements.RunAsync(stoppingToken);
}
