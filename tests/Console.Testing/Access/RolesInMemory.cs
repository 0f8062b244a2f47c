using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Testing.Access;

/// <summary>Roles of the page in a list, their events in a trail in memory.</summary>
public sealed class RolesInMemory(IAuditTrail trail) : IRoleStore
{
    private readonly List<RoleAssignment> _roles = [];

    /// <inheritdoc />
    public Task<IReadOnlyList<RoleAssignment>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RoleAssignment>>([.. _roles]);

    /// <inheritdoc />
    public async Task AddAsync(RoleAssignment assignment, AuditEvent record, CancellationToken cancellationToken)
    {
        await trail.RecordAsync(record, cancellationToken);
        _roles.Add(assignment);
    }

    /// <inheritdoc />
    public async Task<bool> WithdrawAsync(Guid id, string by, DateTimeOffset at, AuditEvent record, CancellationToken cancellationToken)
    {
        if (!_roles.Exists(r => r.Id == id))
        {
            return false;
        }

        await trail.RecordAsync(record, cancellationToken);
        return _roles.RemoveAll(r => r.Id == id) > 0;
    }
}
