namespace OpsConsole.Core.Access;

/// <summary>Where ended sessions are kept for all consoles on a database.</summary>
public interface ISessionStore
{
    /// <summary>Those that would not have ended by themselves yet.</summary>
    /// <exception cref="AuditTrail.AuditUnavailableException">The database cannot be reached.</exception>
    Task<IReadOnlyList<EndedSession>> ListAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps one, and tells the other consoles.</summary>
    /// <exception cref="AuditTrail.AuditUnavailableException">The database cannot be reached.</exception>
    Task AddAsync(EndedSession ended, DateTimeOffset now, CancellationToken cancellationToken);
}
