namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Waits until an event is sealed and covered by a signed checkpoint (<c>?wait=sealed</c>). It works also where another process seals.</summary>
/// <param name="sealedLog">The log.</param>
/// <param name="signals">Tells of checkpoints that this process signs.</param>
/// <param name="time">The clock.</param>
public sealed class SealedReceipts(ISealedLog sealedLog, SealSignals signals, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    /// <summary>The event's place; null when the time is over before it has one: it is recorded all the same.</summary>
    /// <param name="sequence">Number of the receipt.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="cancellationToken">Gives up with an exception.</param>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<SealedReceipt?> WaitAsync(long sequence, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            // Before looking: a checkpoint that is signed meanwhile must not be missed.
            var signed = signals.Signed;
            if (await FindAsync(sequence, cancellationToken) is { } found)
            {
                return found;
            }

            var left = atMost - time.GetElapsedTime(begin);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.WhenAny(signed, Task.Delay(left < LookAgain ? left : LookAgain, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The event's place now; null while it has none.</summary>
    public async Task<SealedReceipt?> FindAsync(long sequence, CancellationToken cancellationToken) =>
        await sealedLog.IndexOfAsync(sequence, cancellationToken) is { } index
        && await sealedLog.FirstCoveringAsync(index, cancellationToken) is { } checkpoint
            ? new SealedReceipt(index, checkpoint)
            : null;
}
