using Microsoft.EntityFrameworkCore;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>Roles that were given on the console's page, in its database.</summary>
public sealed class RoleStore(ConsoleDatabase database, RecordedWrites writes) : IRoleStore
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<RoleAssignment>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.Open();
            var rows = await db.RoleAssignments.AsNoTracking().Where(static row => row.WithdrawnAt == null).OrderBy(static row => row.MadeAt).ToListAsync(cancellationToken);
            return [.. rows.Select(Read).OfType<RoleAssignment>()];
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            database.Look(e);
            throw new AuditUnavailableException($"The roles cannot be read: {DatabaseFault.Sentence(e)}", e);
        }
    }

    /// <inheritdoc />
    public Task AddAsync(RoleAssignment assignment, AuditEvent record, CancellationToken cancellationToken) => writes.WriteAsync(
        record,
        async db =>
        {
            db.RoleAssignments.Add(new RoleAssignmentRow
            {
                Id = assignment.Id ?? throw new ArgumentException("Without an id it is one of the settings.", nameof(assignment)),
                Role = assignment.Role.ToString(),
                Assignee = assignment.Assignee.ToString(),
                Projects = string.Join('\n', assignment.Scope.Projects),
                Workspaces = string.Join('\n', assignment.Scope.Workspaces),
                MadeBy = assignment.MadeBy,
                MadeAt = assignment.MadeAt.ToUnixTimeMilliseconds(),
            });
            await db.SaveChangesAsync(cancellationToken);
            await NewsChannel.TellAsync(db, NewsTopic.Roles, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> WithdrawAsync(Guid id, string by, DateTimeOffset at, AuditEvent record, CancellationToken cancellationToken) => writes.WriteAsync(
        record,
        async db =>
        {
            await NewsChannel.TellAsync(db, NewsTopic.Roles, cancellationToken);
            return await db.RoleAssignments.Where(row => row.Id == id && row.WithdrawnAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(static row => row.WithdrawnAt, at.ToUnixTimeMilliseconds()).SetProperty(static row => row.WithdrawnBy, by), cancellationToken) == 1;
        },
        cancellationToken);

    // A role or a form that only a newer version knows gives nothing.
    private static RoleAssignment? Read(RoleAssignmentRow row) =>
        Enum.TryParse<Role>(row.Role, out var role) && Assignee.TryParse(row.Assignee, out var assignee)
            ? new RoleAssignment
            {
                Id = row.Id,
                Role = role,
                Assignee = assignee,
                Scope = new AccessScope(Lines(row.Projects), Lines(row.Workspaces)),
                MadeBy = row.MadeBy,
                MadeAt = DateTimeOffset.FromUnixTimeMilliseconds(row.MadeAt),
            }
            : null;

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
