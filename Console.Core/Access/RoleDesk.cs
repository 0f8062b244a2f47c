using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.Access;

/// <summary>Gives roles and withdraws them. The permission and the separation of duties are checked here; each act and its event commit together.</summary>
public sealed class RoleDesk(RoleBook book, IRoleStore store, IAuditTrail trail, ActEvents acts, TimeProvider time)
{
    private const int MostNames = 50;

    /// <summary>Gives a role.</summary>
    /// <returns>Null when it was given; else why not.</returns>
    public async Task<RoleError?> AssignAsync(Actor actor, RoleRequest request, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageRoles))
        {
            return await DenyAsync(actor, AuditActions.RoleAssign, new RoleError.NotAllowed(actor.DisplayName), cancellationToken);
        }

        if (!Assignee.TryParse(request.Assignee, out var assignee))
        {
            return new RoleError.BadAssignee();
        }

        try
        {
            await book.RefreshAsync(cancellationToken);
            if (WhyNot(request, assignee) is { } error)
            {
                return error;
            }

            if (book.Matches(assignee, Person.Of(actor.Id)))
            {
                return await DenyAsync(actor, AuditActions.RoleAssign, new RoleError.OwnRole(), cancellationToken);
            }

            var now = time.GetUtcNow();
            var assignment = new RoleAssignment
            {
                Id = Guid.CreateVersion7(now),
                Role = request.Role,
                Assignee = assignee,
                Scope = request.Scope,
                MadeBy = actor.Id,
                MadeAt = now,
            };
            await store.AddAsync(assignment, Record(actor, AuditActions.RoleAssign, assignment), cancellationToken);
            await book.RefreshAsync(cancellationToken);
            return null;
        }
        catch (AuditUnavailableException e)
        {
            return new RoleError.NotRecorded(e.Message);
        }
    }

    /// <summary>Takes a role back that was given on the page.</summary>
    /// <returns>Null when it was withdrawn; else why not.</returns>
    public async Task<RoleError?> WithdrawAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageRoles))
        {
            return await DenyAsync(actor, AuditActions.RoleWithdraw, new RoleError.NotAllowed(actor.DisplayName), cancellationToken);
        }

        try
        {
            await book.RefreshAsync(cancellationToken);
            if (book.Stored.FirstOrDefault(a => a.Id == id) is not { } assignment)
            {
                return new RoleError.NotThere();
            }

            if (book.Matches(assignment.Assignee, Person.Of(actor.Id)))
            {
                return await DenyAsync(actor, AuditActions.RoleWithdraw, new RoleError.OwnRole(), cancellationToken);
            }

            var done = await store.WithdrawAsync(id, actor.Id, time.GetUtcNow(), Record(actor, AuditActions.RoleWithdraw, assignment), cancellationToken);
            await book.RefreshAsync(cancellationToken);
            return done ? null : new RoleError.NotThere();
        }
        catch (AuditUnavailableException e)
        {
            return new RoleError.NotRecorded(e.Message);
        }
    }

    private RoleError? WhyNot(RoleRequest request, Assignee assignee)
    {
        var names = request.Scope.Projects.Concat(request.Scope.Workspaces).ToList();
        if (names.Count > MostNames || names.Any(static n => n.Length is 0 or > 128 || n.Any(char.IsControl)))
        {
            return new RoleError.BadScope();
        }

        if (assignee.Kind == AssigneeKind.Group && !book.Groups.ContainsKey(assignee.Name))
        {
            return new RoleError.NoSuchGroup(assignee.Name);
        }

        if (request.Role == Role.Admin && (assignee.Kind != AssigneeKind.Email || !request.Scope.IsEverything))
        {
            return new RoleError.AdminIsPersonal();
        }

        var all = book.FromSettings.Concat(book.Stored).ToList();
        if (all.Any(a => a.Role == request.Role && a.Assignee == assignee && a.Scope == request.Scope))
        {
            return new RoleError.Exists();
        }

        // The persons who are named: what a domain holds cannot be counted, and such an administrator's other duties rest all the same (Permissions).
        var roles = assignee.Kind == AssigneeKind.Email ? book.GrantsOf(new Person(assignee.Name)).Select(static g => g.Role).ToHashSet() : [];
        return (request.Role == Role.Admin && roles.Any(Active)) || (Active(request.Role) && roles.Contains(Role.Admin)) ? new RoleError.Conflict(assignee.Name) : null;
    }

    private static bool Active(Role role) => role is Role.Sre or Role.Approver or Role.Compliance;

    private async Task<RoleError> DenyAsync(Actor actor, string action, RoleError error, CancellationToken cancellationToken)
    {
        try
        {
            await trail.RecordAsync(acts.Of(actor, action, AuditOutcome.Denied) with { Reason = error.Message }, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            // It stays denied; that the trail is down is on every screen.
        }

        return error;
    }

    // Whom it is given to is personal: it stands in the details, which are committed and not in clear.
    private AuditEvent Record(Actor actor, string action, RoleAssignment assignment) => acts.Of(actor, action, AuditOutcome.Success) with
    {
        Resource = new AuditResource { Type = "console.role", Id = assignment.Id?.ToString(), Name = assignment.Role.ToString() },
        Details = ActEvents.Details(new
        {
            to = assignment.Assignee.ToString(),
            assignment.Role,
            assignment.Scope.Projects,
            assignment.Scope.Workspaces,
        }),
    };
}
