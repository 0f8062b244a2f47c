namespace OpsConsole.Core.AuditTrail;

/// <summary>Waits until recorded events are sealed.</summary>
public interface ISealedEvents
{
    /// <summary>Where the event with this number stands in the log, as soon as a signed checkpoint covers it.</summary>
    /// <param name="sequence">Number of its receipt.</param>
    /// <param name="cancellationToken">Ends the waiting; what is sealed already is answered even when it is cancelled.</param>
    /// <exception cref="AuditUnavailableException">The log cannot be read now.</exception>
    Task<SealedEvent> WaitAsync(long sequence, CancellationToken cancellationToken);
}
