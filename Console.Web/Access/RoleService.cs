using OpsConsole.Core.Access;
using OpsConsole.Core.Storage;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Access;

/// <summary>Keeps what is known of roles and ended sessions fresh while the console runs, and hears the news of other consoles on its database.</summary>
internal sealed class RoleService(RoleBook book, Sessions sessions, NewsChannel news, DatabaseWait database, TimeProvider time, ILogger<RoleService> logger)
    : AfterDatabase(database, time, logger)
{
    /// <inheritdoc />
    protected override Task WorkAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(book.RunAsync(stoppingToken), sessions.RunAsync(stoppingToken), news.RunAsync(stoppingToken));
}
