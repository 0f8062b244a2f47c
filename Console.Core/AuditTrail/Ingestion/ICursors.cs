namespace OpsConsole.Core.AuditTrail.Ingestion;

/// <summary>How far something was read, over restarts. An aid: what is read twice is recorded once.</summary>
public interface ICursors
{
    /// <summary>Where it is; null when it was never set.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    Task<DateTimeOffset?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Sets it.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    Task SetAsync(string name, DateTimeOffset value, CancellationToken cancellationToken);
}
