namespace OpsConsole.Core.Access;

/// <summary>Who does something: the identity that records name.</summary>
/// <param name="Id">Stable id, an e-mail address where there is one.</param>
/// <param name="DisplayName">Name as shown at that time.</param>
/// <param name="Roles">Roles held at that time, for people to read; what somebody may do is asked of <see cref="May(Permission)"/>.</param>
public sealed record Actor(string Id, string DisplayName, IReadOnlyList<Role> Roles)
{
    /// <summary>From where.</summary>
    public ActorOrigin Origin { get; init; } = ActorOrigin.None;

    /// <summary>What the actor holds at the moment of each act; null where the roles hold everywhere and for ever (the command line, tests).</summary>
    public IStanding? Standing { get; init; }

    /// <summary>Roles held now, and where.</summary>
    public IReadOnlyList<Grant> Grants => Standing?.Grants ?? [.. Roles.Select(static role => new Grant(role, AccessScope.Everything))];

    /// <summary>True when one of the actor's roles has the permission now, somewhere.</summary>
    public bool May(Permission permission) => Grants.Allow(permission, static _ => true);

    /// <summary>True when the actor has the permission now, in this project.</summary>
    public bool MayIn(Permission permission, string project) => Grants.Allow(permission, scope => scope.HasProject(project));

    /// <summary>True when the actor has the permission now, for this workspace of the audit trail.</summary>
    public bool MayRead(Permission permission, string workspace) => Grants.Allow(permission, scope => scope.HasWorkspace(workspace));

    /// <summary>True when the actor has the permission now, without a limit of projects and workspaces.</summary>
    public bool MayEverywhere(Permission permission) => Grants.Allow(permission, static scope => scope.IsEverything);

    /// <summary>Workspaces in which the actor has the permission now; null without a limit, empty for none.</summary>
    public IReadOnlyList<string>? WorkspacesWith(Permission permission) => MayEverywhere(permission)
        ? null
        : [.. Grants.Where(g => new[] { g }.Allow(permission, static _ => true)).SelectMany(static g => g.Scope.Projects.Concat(g.Scope.Workspaces)).Distinct(StringComparer.Ordinal)];
}
