namespace OpsConsole.Core.AuditTrail;

/// <summary>Waits until recorded events are sealed.</summary>
public interface ISealedEvents
{
    /// <summary>Where events stand in the log, as soon as a signed checkpoint covers all of them.</summary>
    /// <param name="sequences">Numbers of their receipts.</param>
    /// <param name="cancellationToken">Ends the waiting; what is covered by then is answered all the same.</param>
    /// <returns>By number: all of them, unless the waiting was ended before.</returns>
    /// <exception cref="AuditUnavailableException">The log cannot be read now.</exception>
    Task<IReadOnlyDictionary<long, SealedEvent>> WaitAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);
}
