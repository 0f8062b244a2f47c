namespace OpsConsole.Core.CloudRun;

/// <summary>
/// Reading Cloud Run of the configured projects. Lists go over all regions and never fail as a whole
/// because of one: see <see cref="Fleet{T}.Failures"/>. Every call has a timeout and honours its token.
/// Source of names and shapes: google/cloud/run/v2 (Admin API v2).
/// </summary>
public interface ICloudRun
{
    /// <summary>The projects this console shows, in the order of the settings.</summary>
    IReadOnlyList<string> Projects { get; }

    /// <summary>Region ids in which the project may run Cloud Run (v1 locations).</summary>
    Task<CloudResult<IReadOnlyList<string>>> ListRegionsAsync(string project, CancellationToken cancellationToken);

    /// <summary>All services of a project across its regions.</summary>
    Task<Fleet<Service>> ListServicesAsync(string project, CancellationToken cancellationToken);

    /// <summary>One service.</summary>
    Task<CloudResult<Service>> GetServiceAsync(ResourceName service, CancellationToken cancellationToken);

    /// <summary>Revisions of one service or worker pool, newest first.</summary>
    Task<Fleet<Revision>> ListRevisionsAsync(ResourceName parent, CancellationToken cancellationToken);

    /// <summary>Revisions of all services of one region, newest first (<c>services/-/revisions</c>).</summary>
    Task<Fleet<Revision>> ListRevisionsOfRegionAsync(string project, string location, CancellationToken cancellationToken);

    /// <summary>One revision.</summary>
    Task<CloudResult<Revision>> GetRevisionAsync(ResourceName revision, CancellationToken cancellationToken);

    /// <summary>All jobs of a project across its regions.</summary>
    Task<Fleet<Job>> ListJobsAsync(string project, CancellationToken cancellationToken);

    /// <summary>Executions of a job, newest first.</summary>
    Task<Fleet<Execution>> ListExecutionsAsync(ResourceName job, CancellationToken cancellationToken);

    /// <summary>One worker pool.</summary>
    Task<CloudResult<WorkerPool>> GetWorkerPoolAsync(ResourceName pool, CancellationToken cancellationToken);

    /// <summary>All worker pools of a project across its regions.</summary>
    Task<Fleet<WorkerPool>> ListWorkerPoolsAsync(string project, CancellationToken cancellationToken);
}
