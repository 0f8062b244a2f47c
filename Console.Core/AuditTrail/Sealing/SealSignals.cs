namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What the parts of one console tell each other, so that nobody waits for the next look: events have come, a checkpoint was signed.</summary>
public sealed class SealSignals
{
    private TaskCompletionSource _appended = New();
    private TaskCompletionSource _signed = New();

    /// <summary>Ends at the next append.</summary>
    public Task Appended => Volatile.Read(ref _appended).Task;

    /// <summary>Ends at the next checkpoint.</summary>
    public Task Signed => Volatile.Read(ref _signed).Task;

    /// <summary>Events were appended by this process.</summary>
    public void TellAppended() => Tell(ref _appended);

    /// <summary>A checkpoint was signed and kept.</summary>
    public void TellSigned() => Tell(ref _signed);

    private static void Tell(ref TaskCompletionSource source) => Interlocked.Exchange(ref source, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
