namespace OpsConsole.Web.Simulator.Workload;

/// <summary>One simulated service: where it runs, and the revisions that can receive traffic or still have instances.</summary>
/// <param name="Project">Project id.</param>
/// <param name="Location">Region.</param>
/// <param name="Name">Short name.</param>
/// <param name="Revisions">Its revisions, in any order.</param>
public sealed record WorkloadService(string Project, string Location, string Name, IReadOnlyList<WorkloadRevision> Revisions);
