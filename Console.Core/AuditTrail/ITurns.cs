namespace OpsConsole.Core.AuditTrail;

/// <summary>Turns that one console of several has at a time: a daily statement, a poller.</summary>
public interface ITurns
{
    /// <summary>Takes a turn; null when another console has it. It is given back when it is disposed of, or its process dies.</summary>
    /// <param name="name">Which: letters, digits, '-' and '.'.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    Task<ITurn?> TryTakeAsync(string name, CancellationToken cancellationToken);
}
