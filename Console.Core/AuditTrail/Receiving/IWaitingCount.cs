namespace OpsConsole.Core.AuditTrail.Receiving;

/// <summary>Counts what is recorded and not sealed, whichever console seals.</summary>
public interface IWaitingCount
{
    /// <summary>How many events wait; counting stops at <paramref name="most"/>.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached.</exception>
    Task<long> CountAsync(long most, CancellationToken cancellationToken);
}
