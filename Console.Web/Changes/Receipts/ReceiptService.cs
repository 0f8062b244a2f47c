using OpsConsole.Core.Changes.Receipts;

namespace OpsConsole.Web.Changes.Receipts;

/// <summary>Makes receipts of changes while the console runs.</summary>
internal sealed class ReceiptService(ReceiptRunner runner) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runner.RunAsync(stoppingToken);
}
