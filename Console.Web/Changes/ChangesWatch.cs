using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Changes.Approvals;

namespace OpsConsole.Web.Changes;

/// <summary>
/// Looks every few seconds for what other consoles on the same trail do: their changes, requests and decisions; ends what time or a
/// stopped console has ended: requests, bulks, gradual moves.
/// </summary>
internal sealed class ChangesWatch(
    ChangeRunner runner, ApprovalDesk approvals, ApprovalInbox inbox, BulkRunner bulks, TrafficMover mover, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>What a stopped console left reads weeks of the trail: at the start, and then every five minutes.</summary>
    private const int Rarely = 30;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The console answers at once, however long the trail is.
        await Task.Yield();
        using var timer = new PeriodicTimer(Again, time);
        var look = 0;
        do
        {
            await runner.SeeOthersAsync(stoppingToken);
            if (look++ % Rarely == 0)
            {
                await bulks.SettleAsync(stoppingToken);
                await mover.SettleAsync(stoppingToken);
            }

            try
            {
                await approvals.TidyAsync(stoppingToken);
            }
            catch (AuditUnavailableException)
            {
                // It is on every screen that the trail is away; the next look finds what this one could not.
            }

            await inbox.RefreshAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
