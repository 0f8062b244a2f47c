namespace OpsConsole.Core.CloudRun;

/// <summary>
/// What screens read through: answers of <see cref="ICloudRun"/>, kept for a few seconds for the whole process, with the time
/// they were read. Nothing here is written; whoever changes a setting reads with <c>fresh</c> after.
/// </summary>
/// <param name="cloudRun">The port.</param>
/// <param name="time">The clock.</param>
public sealed class FleetCache(ICloudRun cloudRun, TimeProvider time)
{
    /// <summary>How long an answer serves.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);

    private readonly SharedReads<Fleet<Service>> _services = new(time, Keep);
    private readonly SharedReads<CloudResult<Service>> _service = new(time, Keep);
    private readonly SharedReads<Fleet<Revision>> _revisions = new(time, Keep);
    private readonly SharedReads<Fleet<Job>> _jobs = new(time, Keep);
    private readonly SharedReads<Fleet<Execution>> _executions = new(time, Keep);
    private readonly SharedReads<Fleet<WorkerPool>> _pools = new(time, Keep);

    /// <summary>The projects of the settings, in their order.</summary>
    public IReadOnlyList<string> Projects => cloudRun.Projects;

    /// <summary>All services of all projects.</summary>
    public Task<Reading<Fleet<Service>>> ServicesAsync(bool fresh, CancellationToken cancellationToken) =>
        AllProjectsAsync(_services, cloudRun.ListServicesAsync, fresh, cancellationToken);

    /// <summary>One service.</summary>
    public Task<Reading<CloudResult<Service>>> ServiceAsync(ResourceName name, bool fresh, CancellationToken cancellationToken) =>
        _service.GetAsync(name.Value, fresh, token => cloudRun.GetServiceAsync(name, token), cancellationToken);

    /// <summary>Revisions of a service or worker pool, newest first.</summary>
    public Task<Reading<Fleet<Revision>>> RevisionsAsync(ResourceName parent, bool fresh, CancellationToken cancellationToken) =>
        _revisions.GetAsync(parent.Value, fresh, token => cloudRun.ListRevisionsAsync(parent, token), cancellationToken);

    /// <summary>All jobs of all projects.</summary>
    public Task<Reading<Fleet<Job>>> JobsAsync(bool fresh, CancellationToken cancellationToken) =>
        AllProjectsAsync(_jobs, cloudRun.ListJobsAsync, fresh, cancellationToken);

    /// <summary>Executions of a job, newest first.</summary>
    public Task<Reading<Fleet<Execution>>> ExecutionsAsync(ResourceName job, bool fresh, CancellationToken cancellationToken) =>
        _executions.GetAsync(job.Value, fresh, token => cloudRun.ListExecutionsAsync(job, token), cancellationToken);

    /// <summary>All worker pools of all projects.</summary>
    public Task<Reading<Fleet<WorkerPool>>> WorkerPoolsAsync(bool fresh, CancellationToken cancellationToken) =>
        AllProjectsAsync(_pools, cloudRun.ListWorkerPoolsAsync, fresh, cancellationToken);

    // The time told is that of the oldest part.
    private async Task<Reading<Fleet<T>>> AllProjectsAsync<T>(
        SharedReads<Fleet<T>> reads, Func<string, CancellationToken, Task<Fleet<T>>> list, bool fresh, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(cloudRun.Projects.Select(
            project => reads.GetAsync(project, fresh, token => list(project, token), cancellationToken))).ConfigureAwait(false);
        return new Reading<Fleet<T>>(
            new Fleet<T>([.. parts.SelectMany(static p => p.Value.Items)], [.. parts.SelectMany(static p => p.Value.Failures)]),
            parts.Length == 0 ? time.GetUtcNow() : parts.Min(static p => p.At));
    }
}
