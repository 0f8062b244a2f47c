namespace OpsConsole.Core.Access;

/// <summary>Why a role was not given or not withdrawn: a closed set. Nothing was done.</summary>
/// <param name="Message">A sentence for people.</param>
public abstract record RoleError(string Message)
{
    /// <summary>The actor may not.</summary>
    public sealed record NotAllowed(string ActorName)
        : RoleError($"{ActorName} may not give roles. These roles may: {string.Join(", ", Permissions.RolesWith(Permission.ManageRoles))}.");

    /// <summary>Not an address, a domain or a list.</summary>
    public sealed record BadAssignee() : RoleError($"Give {Assignee.Forms}.");

    /// <summary>There is no such list in the settings.</summary>
    public sealed record NoSuchGroup(string Name) : RoleError($"There is no list named {Name} under OpsConsole:Roles:Groups in the settings.");

    /// <summary>A name of the scope does not do.</summary>
    public sealed record BadScope() : RoleError("Names of projects and workspaces have 1 to 128 characters, and no control characters; give at most 50.");

    /// <summary>Nobody gives roles to themselves.</summary>
    public sealed record OwnRole()
        : RoleError("This would change your own roles. Another administrator has to do that: nobody decides on what they may do themselves.");

    /// <summary>The role of administrators goes to persons, and holds everywhere.</summary>
    public sealed record AdminIsPersonal() : RoleError("The role of administrators is given to one person at a time, by e-mail address, and holds everywhere.");

    /// <summary>Administrators neither change services nor erase.</summary>
    public sealed record Conflict(string Who)
        : RoleError($"{Who} would be an administrator and change services, approve changes or erase as well. These duties are kept apart: withdraw the other role first.");

    /// <summary>There is one like it already.</summary>
    public sealed record Exists() : RoleError("This role was given before, with the same scope.");

    /// <summary>There is no such assignment, or it is one of the settings.</summary>
    public sealed record NotThere() : RoleError("This role was withdrawn before, or stands in the settings: change them there.");

    /// <summary>The record could not be written, so nothing was done.</summary>
    public sealed record NotRecorded(string Detail) : RoleError($"Nothing was done: {Detail}");
}
