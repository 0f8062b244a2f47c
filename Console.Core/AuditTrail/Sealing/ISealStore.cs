namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>The store as the sealer sees it. There is one sealer at a time.</summary>
public interface ISealStore
{
    /// <summary>Takes the sealer's place; null when another sealer has it. It is given back when the session is disposed of, or its process dies.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    Task<ISealSession?> OpenAsync(CancellationToken cancellationToken);
}
