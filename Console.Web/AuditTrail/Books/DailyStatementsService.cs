using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Books;

/// <summary>Makes the daily statements while the console runs.</summary>
internal sealed class DailyStatementsService(DailyStatements statements, DatabaseWait database, TimeProvider time, ILogger<DailyStatementsService> logger)
    : AfterDatabase(database, time, logger)
{
    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken) => statements.RunAsync(stoppingToken);
}
