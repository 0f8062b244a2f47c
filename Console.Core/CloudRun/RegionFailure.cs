namespace OpsConsole.Core.CloudRun;

/// <summary>A place that could not be read, and why. What the other places said is still shown.</summary>
/// <param name="Project">Project id.</param>
/// <param name="Location">Region; empty when the whole project failed.</param>
/// <param name="Error">What happened, for people.</param>
public sealed record RegionFailure(string Project, string Location, CloudRunError Error);
