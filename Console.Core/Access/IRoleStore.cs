using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.Access;

/// <summary>Where roles that were given on the console's own page are kept.</summary>
public interface IRoleStore
{
    /// <summary>Those that hold now, oldest first.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached.</exception>
    Task<IReadOnlyList<RoleAssignment>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds one and its event, in one transaction.</summary>
    /// <exception cref="AuditUnavailableException">Neither was written.</exception>
    Task AddAsync(RoleAssignment assignment, AuditEvent record, CancellationToken cancellationToken);

    /// <summary>Marks one as withdrawn and adds the event, in one transaction; false when it was withdrawn before, or is none.</summary>
    /// <exception cref="AuditUnavailableException">Neither was written.</exception>
    Task<bool> WithdrawAsync(Guid id, string by, DateTimeOffset at, AuditEvent record, CancellationToken cancellationToken);
}
