namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>The one project and its regions.</summary>
internal sealed record Geography(string Project, string ProjectNumber)
{
    public IReadOnlyList<string> Regions { get; } = ["asia-northeast1", "europe-west1", "us-central1"];

    /// <summary>Google takes a project's number wherever it takes its id.</summary>
    public bool IsProject(string project) => project == Project || project == ProjectNumber;

    public string Location(string region) => ResourceName.Location(Project, region);
}
