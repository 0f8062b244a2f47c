using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Consoles;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Verifying;

/// <summary>Records the end of verifications whose console ended in the middle, and of what was killed on the command line: at the start, when another console has gone, and now and then.</summary>
internal sealed class VerifyingService(Verifications verifications, KilledActs commands, IConsoles consoles, TimeProvider time, DatabaseWait database, ILogger<VerifyingService> logger)
    : AfterDatabase(database, time, logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>A console that came and went between two looks is found after so many of them.</summary>
    private const int Rarely = 30;

    /// <inheritdoc />
    protected override async Task WorkAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again, Time);
        IReadOnlySet<string> known = new HashSet<string>(StringComparer.Ordinal);
        var looks = 0;
        do
        {
            try
            {
                var living = await consoles.LivingAsync(stoppingToken);
                if (looks == 0 || !living.IsSupersetOf(known) || verifications.HasUnrecorded)
                {
                    await verifications.SettleAsync(stoppingToken);
                    await commands.SettleAsync(stoppingToken);
                }

                looks = (looks + 1) % Rarely;
                known = living;
            }
            catch (AuditUnavailableException)
            {
                // It is on every screen that the trail is away; the next look does what this one could not.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
