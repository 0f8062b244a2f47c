namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The audit trail's tables as they are stored, for whoever checks them and believes none of them.</summary>
public interface ILedgerSource
{
    /// <summary>Which database, for people: no user, no password.</summary>
    string Name { get; }

    /// <summary>Opens one state of all tables: what is appended or sealed meanwhile is not in it.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached, or has no audit trail.</exception>
    Task<ILedgerSnapshot> OpenAsync(CancellationToken cancellationToken);
}
