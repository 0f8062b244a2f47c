using System.Globalization;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Events that say they happened long before the checkpoint that precedes them: imported, delivered late, or back-dated. No problem by
/// itself, since the clock is the source's own; whoever reads them must know.
/// </summary>
internal sealed class TimeFlags(VerifyLimits limits)
{
    private readonly long _skew = limits.Skew.Ticks / TimeSpan.TicksPerMicrosecond;
    private long _old;
    private long _late;
    private string? _firstOld;
    private string? _firstLate;

    /// <summary>An event, and the time of the checkpoint before it.</summary>
    public void At(LeafAt leaf, long checkpointAt)
    {
        var bound = checkpointAt - _skew;
        if (leaf.Facts.Time < bound)
        {
            _old++;
            _firstOld ??= Print(leaf, leaf.Facts.Time);
        }

        if (leaf.Facts.RecordedAt < bound)
        {
            _late++;
            _firstLate ??= Print(leaf, leaf.Facts.RecordedAt);
        }
    }

    /// <summary>After the last leaf.</summary>
    public void End(Findings findings)
    {
        var minutes = limits.Skew.TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        if (_old > 0)
        {
            findings.Note(string.Create(CultureInfo.InvariantCulture, $"{_old} events happened, by their source's own clock, more than {minutes} minutes before the checkpoint that precedes them: delivered late, imported, or back-dated. The first: {_firstOld}."));
        }

        if (_late > 0)
        {
            findings.Note(string.Create(CultureInfo.InvariantCulture, $"{_late} events were recorded more than {minutes} minutes before the checkpoint that precedes them and sealed after it: a transaction was open for long, or sealing caught up. The first: {_firstLate}."));
        }
    }

    private static string Print(LeafAt leaf, long at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{leaf.Text(LeafSlot.Workspace)}/{leaf.Text(LeafSlot.Id)} at index {leaf.Index}, {AuditTime.Print(DateTimeOffset.UnixEpoch.AddTicks(at * TimeSpan.TicksPerMicrosecond))}");
}
