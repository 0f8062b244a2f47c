using OpsConsole.Core;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Changes.Receipts;

/// <summary>Receipts of changes as a feature of the host.</summary>
internal static class ReceiptSetup
{
    /// <summary>Registers them. Needs changes.</summary>
    public static IServiceCollection AddReceipts(this IServiceCollection services, ConsoleSettings settings) => services
        .AddChangeReceipts(new ReceiptRules(TimeSpan.FromMinutes(settings.Changes.ReceiptMinutes)))
        .AddHostedService<ReceiptService>();
}
