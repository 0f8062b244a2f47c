using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Hosting;

/// <summary>What the terminal says of each real project after the start: no credentials, which permissions are missing, or that all is well.</summary>
internal static class AccessReport
{
    /// <summary>One line a project.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(IEnumerable<string> projects, IProjectAccess access, CancellationToken cancellationToken) =>
        await Task.WhenAll(projects.Select(async project => Line(project, await access.MissingPermissionsAsync(project, cancellationToken))));

    private static string Line(string project, CloudResult<PermissionReport> result) => result switch
    {
        { Error: CloudRunError.NotAuthenticated error } => $"  {project}: {error.Message}",
        { IsOk: false } => $"  {project}: its permissions could not be tested ({result.Error.Message}) Pages name what is missing.",
        { Value: { Tested.Count: 0 } } => $"  {project}: permissions are not tested (OpsConsole:Google:ResourceManagerAddress is empty).",
        { Value.Missing: { Count: 0 } } => $"  {project}: all {result.Value.Tested.Count} permissions for reading are there.",
        _ => $"  {project}: missing permissions: {string.Join(", ", result.Value.Missing)}. The roles roles/run.viewer and roles/logging.viewer have them.",
    };
}
