namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What the parts of one console tell each other, so that nobody waits for the next look: events have come, a checkpoint was signed.</summary>
public sealed class SealSignals
{
    private TaskCompletionSource _appended = New();
    private TaskCompletionSource _signed = New();
    private int _pruned;

    /// <summary>Ends at the next append.</summary>
    public Task Appended => Volatile.Read(ref _appended).Task;

    /// <summary>Ends at the next checkpoint.</summary>
    public Task Signed => Volatile.Read(ref _signed).Task;

    /// <summary>Events were appended by this process.</summary>
    public void TellAppended() => Tell(ref _appended);

    /// <summary>A checkpoint was signed and kept.</summary>
    public void TellSigned() => Tell(ref _signed);

    /// <summary>True once after events were pruned.</summary>
    public bool TakePruned() => Interlocked.Exchange(ref _pruned, 0) == 1;

    /// <summary>Events were pruned: the sealer forgets actors whose last event that was.</summary>
    public void TellPruned()
    {
        Volatile.Write(ref _pruned, 1);
        TellAppended();
    }

    private static void Tell(ref TaskCompletionSource source) => Interlocked.Exchange(ref source, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
