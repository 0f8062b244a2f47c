using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Changes;

/// <summary>
/// Settles the changes whose outcome the audit trail does not hold: at the start, and every few minutes after it, so that what
/// could not be seen (Google away, another console killed) is not left open until somebody restarts. At the stop, changes that are
/// on their way get a few seconds to end; the next start settles the rest.
/// </summary>
internal sealed class ChangesService(ChangeRunner runner, TimeProvider time, DatabaseWait database, ILogger<ChangesService> logger)
    : AfterDatabase(database, time, logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    // Of the eight seconds that the whole console has: the web server had three, and the sealer stops after this.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2.5);

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var drain = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        drain.CancelAfter(Drain);
        await runner.StopAsync(drain.Token);
    }

    /// <inheritdoc />
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, Time);
        do
        {
            await runner.SettleAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
