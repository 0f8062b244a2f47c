namespace OpsConsole.Core.Access;

/// <summary>Which role may do what. Decided here and nowhere else; pages and endpoints only ask.</summary>
public static class Permissions
{
    private static readonly Dictionary<Role, Permission[]> ByRole = new()
    {
        [Role.Viewer] = [Permission.ViewServices, Permission.ViewBackgroundActivity],
        [Role.Sre] =
        [
            Permission.ViewServices, Permission.ViewBackgroundActivity, Permission.AnalyseLogs,
            Permission.AcceptFindings, Permission.ExportEvidence, Permission.ChangeServices,
        ],
        [Role.Approver] = [Permission.ViewServices, Permission.ViewBackgroundActivity, Permission.ApproveChanges],
        [Role.Compliance] =
        [
            Permission.ViewServices, Permission.ViewBackgroundActivity, Permission.AnalyseLogs, Permission.ExportEvidence,
            Permission.BrowseAudit, Permission.VerifyAudit, Permission.ExportAudit, Permission.EraseAudit,
        ],
        [Role.Admin] =
        [
            Permission.ViewServices, Permission.ViewBackgroundActivity, Permission.ManageTokens, Permission.ManageRoles, Permission.ViewConsole,
        ],
    };

    // Separation of duties: who gives the roles uses none of those that change production or remove anything from the record, even when
    // some other list gives them too.
    private static readonly Permission[] NotWithAdmin = [Permission.ChangeServices, Permission.ApproveChanges, Permission.EraseAudit];

    /// <summary>True when one of the roles has the permission.</summary>
    public static bool Allows(this IEnumerable<Role> roles, Permission permission) =>
        roles.Select(static role => new Grant(role, AccessScope.Everything)).ToArray().Allow(permission, static _ => true);

    /// <summary>True when one of the grants has the permission where it is wanted.</summary>
    /// <param name="grants">All that somebody holds.</param>
    /// <param name="permission">What is wanted.</param>
    /// <param name="where">Whether a scope holds there.</param>
    public static bool Allow(this IReadOnlyList<Grant> grants, Permission permission, Func<AccessScope, bool> where) =>
        !(NotWithAdmin.Contains(permission) && grants.Any(static g => g.Role == Role.Admin))
        && grants.Any(grant => ByRole[grant.Role].Contains(permission) && where(grant.Scope));

    /// <summary>The roles that have a permission, for the sentence that says why a button is disabled.</summary>
    public static IReadOnlyList<Role> RolesWith(Permission permission) =>
        [.. Enum.GetValues<Role>().Where(role => ByRole[role].Contains(permission))];
}
