using System.Globalization;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>
/// What a console knows of the sealing while another one seals: the same figures on its screens, the same alarm when it stands still, and the
/// signal that a checkpoint was signed for whoever waits for a seal here.
/// </summary>
public sealed class SealOnlooker(ISealedLog log, IInboxFigures inbox, SealerOptions options, SealSignals signals, SealHealth health, TimeProvider time)
{
    private long _signed;

    /// <summary>Looks once.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var backlog = await inbox.BacklogAsync(cancellationToken);
        var latest = await log.LatestAsync(cancellationToken);
        health.Update(h => h with
        {
            Unsealed = backlog.Count,
            OldestUnsealed = backlog.Oldest,
            TreeSize = latest?.Size ?? 0,
            CheckpointSize = latest?.Size,
            CheckpointAt = latest?.SignedAt,
        });
        health.Report("2.stall", backlog.Oldest is { } oldest && time.GetUtcNow() - oldest > options.StallAfter
            ? string.Create(CultureInfo.InvariantCulture, $"Sealing, by another console, is behind: {backlog.Count:N0} events wait, the oldest since {AuditTime.Print(oldest)}.")
            : null);
        health.Report("2.store", null);
        if (latest?.Size > _signed)
        {
            _signed = latest.Size;
            signals.TellSigned();
        }
    }
}
