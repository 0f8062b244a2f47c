namespace OpsConsole.Core.CloudRun;

/// <summary>Which permissions were tested on a project, and which of them are missing.</summary>
/// <param name="Project">Project id.</param>
/// <param name="Tested">In the order of <see cref="NeededToRead"/>; empty where this connection has no such test (the demo).</param>
/// <param name="Missing">By name, for example <c>run.jobs.list</c>; empty when nothing is missing.</param>
public sealed record PermissionReport(string Project, IReadOnlyList<string> Tested, IReadOnlyList<string> Missing)
{
    /// <summary>All that the console needs to read: <c>roles/run.viewer</c> and <c>roles/logging.viewer</c> have them.</summary>
    public static IReadOnlyList<string> NeededToRead { get; } =
    [
        "run.services.list",
        "run.services.get",
        "run.revisions.list",
        "run.revisions.get",
        "run.jobs.list",
        "run.jobs.get",
        "run.executions.list",
        "run.workerpools.list",
        "run.workerpools.get",
        "run.locations.list",
        "run.operations.get",
        "logging.logEntries.list",
    ];
}
