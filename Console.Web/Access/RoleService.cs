using OpsConsole.Core.Access;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Access;

/// <summary>Keeps what is known of roles and ended sessions fresh while the console runs, and hears the news of other consoles on its database.</summary>
internal sealed class RoleService(RoleBook book, Sessions sessions, NewsChannel news) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(book.RunAsync(stoppingToken), sessions.RunAsync(stoppingToken), news.RunAsync(stoppingToken));
}
