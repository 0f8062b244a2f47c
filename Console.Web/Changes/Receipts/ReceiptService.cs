using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Changes.Receipts;

/// <summary>Makes receipts of changes while the console runs.</summary>
internal sealed class ReceiptService(ReceiptRunner runner, DatabaseWait database, TimeProvider time, ILogger<ReceiptService> logger)
    : AfterDatabase(database, time, logger)
{
    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
