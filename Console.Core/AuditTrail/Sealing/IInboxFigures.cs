namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>What waits to be sealed, for whoever does not seal.</summary>
public interface IInboxFigures
{
    /// <summary>How much waits now.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    Task<InboxBacklog> BacklogAsync(CancellationToken cancellationToken);
}
