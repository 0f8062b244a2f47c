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
        [Role.Admin] = [Permission.ViewServices, Permission.ViewBackgroundActivity, Permission.ManageTokens],
    };

    /// <summary>True when one of the roles has the permission.</summary>
    public static bool Allows(this IEnumerable<Role> roles, Permission permission) =>
        roles.Any(role => ByRole[role].Contains(permission));

    /// <summary>The roles that have a permission, for the sentence that says why a button is disabled.</summary>
    public static IReadOnlyList<Role> RolesWith(Permission permission) =>
        [.. Enum.GetValues<Role>().Where(role => ByRole[role].Contains(permission))];
}
