using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.Consoles;
using OpsConsole.Web.Changes.Approvals;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Changes;

/// <summary>
/// Looks every few seconds for what other consoles on the same trail do: their changes, requests and decisions; ends what time or a
/// stopped console has ended: requests, bulks; goes on with its gradual moves. What ends more than one thing at a time is done by one console of several.
/// </summary>
internal sealed class ChangesWatch(
    ChangeRunner runner, ApprovalDesk approvals, ApprovalInbox inbox, BulkRunner bulks, TrafficMover mover, IConsoles consoles, ITurns turns, TimeProvider time,
    DatabaseWait database, ILogger<ChangesWatch> logger)
    : AfterDatabase(database, time, logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>What a stopped console left reads weeks of the trail: at the start, when one has gone, and then every five minutes.</summary>
    private const int Rarely = 30;

    /// <inheritdoc />
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, Time);
        var look = 0;
        var again = false;
        IReadOnlySet<string> known = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            await runner.SeeOthersAsync(stoppingToken);
            try
            {
                var living = await consoles.LivingAsync(stoppingToken);
                if (look++ % Rarely == 0 || again || !living.IsSupersetOf(known))
                {
                    again = await SettleAsync(stoppingToken);
                }

                known = living;
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

    /// <summary>True when it is to be done again soon: another console is at it, or some of it has not come to its end.</summary>
    private async Task<bool> SettleAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TryTakeAsync("stopped-consoles", cancellationToken);
        if (turn is null)
        {
            return true;
        }

        var again = await bulks.SettleAsync(cancellationToken);
        return await mover.SettleAsync(cancellationToken) || again;
    }
}
