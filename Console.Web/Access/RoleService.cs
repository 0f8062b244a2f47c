using OpsConsole.Core.Access;

namespace OpsConsole.Web.Access;

/// <summary>Keeps what is known of roles fresh while the console runs.</summary>
internal sealed class RoleService(RoleBook book) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => book.RunAsync(stoppingToken);
}
