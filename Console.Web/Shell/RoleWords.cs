using OpsConsole.Core.Access;

namespace OpsConsole.Web.Shell;

/// <summary>Roles in words.</summary>
public static class RoleWords
{
    /// <summary>For example <c>SRE, compliance officer</c>; <c>no role</c> for none.</summary>
    public static string Of(IReadOnlyList<Role> roles) => roles.Count == 0 ? "no role" : string.Join(", ", roles.Select(Of));

    /// <summary>One role.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Sre => "SRE",
        Role.Approver => "approver",
        Role.Compliance => "compliance officer",
        Role.Admin => "administrator",
        _ => role.ToString(),
    };
}
