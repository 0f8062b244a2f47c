namespace OpsConsole.Core.CloudRun;

/// <summary>What the console's own credentials may do in a project.</summary>
public interface IProjectAccess
{
    /// <summary>
    /// Tests the permissions that reading needs. A failure of the test itself (its API is off, no access) is an error,
    /// and says nothing about the permissions.
    /// Source: https://cloud.google.com/resource-manager/reference/rest/v1/projects/testIamPermissions.
    /// </summary>
    Task<CloudResult<PermissionReport>> MissingPermissionsAsync(string project, CancellationToken cancellationToken);
}
