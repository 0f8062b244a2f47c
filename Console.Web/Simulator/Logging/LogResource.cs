namespace OpsConsole.Web.Simulator.Logging;

/// <summary>The monitored resource of an entry. One object is shared by all entries of a revision, which keeps the store small.</summary>
internal sealed class LogResource(string type, KeyValuePair<string, string>[] labels)
{
    public string Type { get; } = type;

    public KeyValuePair<string, string>[] Labels { get; } = labels;

    /// <summary>Resource of the entries of a service's revision.</summary>
    public static LogResource CloudRunRevision(string project, string location, string service, string revision) => new(
        "cloud_run_revision",
        [
            new("project_id", project),
            new("service_name", service),
            new("configuration_name", service),
            new("revision_name", revision),
            new("location", location),
        ]);
}
