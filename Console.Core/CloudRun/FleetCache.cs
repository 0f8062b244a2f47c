namespace OpsConsole.Core.CloudRun;

/// <summary>
/// What screens read through: answers of <see cref="ICloudRun"/>, kept for a few seconds for the whole process, with the time
/// they were read. Nothing here is written; whoever changes a setting reads with <c>fresh</c> after.
/// </summary>
public sealed class FleetCache
{
    /// <summary>How long an answer serves.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);

    private readonly ICloudRun _cloudRun;
    private readonly TimeProvider _time;
    private readonly Kept _kept;
    private readonly Func<string, bool> _sees;

    /// <summary>Over all projects.</summary>
    /// <param name="cloudRun">The port.</param>
    /// <param name="time">The clock.</param>
    public FleetCache(ICloudRun cloudRun, TimeProvider time)
        : this(cloudRun, time, new Kept(time), static _ => true)
    {
    }

    private FleetCache(ICloudRun cloudRun, TimeProvider time, Kept kept, Func<string, bool> sees) =>
        (_cloudRun, _time, _kept, _sees) = (cloudRun, time, kept, sees);

    /// <summary>The projects of the settings, in their order, as far as this reader sees them.</summary>
    public IReadOnlyList<string> Projects => [.. _cloudRun.Projects.Where(_sees)];

    /// <summary>The same answers for a reader who sees some projects only: the others are not there for them.</summary>
    /// <param name="sees">Whether the reader sees a project; asked at each call.</param>
    public FleetCache For(Func<string, bool> sees) => new(_cloudRun, _time, _kept, sees);

    /// <summary>All services of all projects.</summary>
    public Task<Reading<Fleet<Service>>> ServicesAsync(bool fresh, CancellationToken cancellationToken) =>
        AllProjectsAsync(_kept.Services, _cloudRun.ListServicesAsync, fresh, cancellationToken);

    /// <summary>One service.</summary>
    public Task<Reading<CloudResult<Service>>> ServiceAsync(ResourceName name, bool fresh, CancellationToken cancellationToken) => _sees(name.Project)
        ? _kept.Service.GetAsync(name.Value, fresh, token => _cloudRun.GetServiceAsync(name, token), cancellationToken)
        : Task.FromResult(new Reading<CloudResult<Service>>(new CloudRunError.NotYours(name.Project), _time.GetUtcNow()));

    /// <summary>Revisions of a service or worker pool, newest first.</summary>
    public Task<Reading<Fleet<Revision>>> RevisionsAsync(ResourceName parent, bool fresh, CancellationToken cancellationToken) =>
        ListAsync(_kept.Revisions, parent, _cloudRun.ListRevisionsAsync, fresh, cancellationToken);

    /// <summary>All jobs of all projects.</summary>
    public Task<Reading<Fleet<Job>>> JobsAsync(bool fresh, CancellationToken cancellationToken) =>
        AllProjectsAsync(_kept.Jobs, _cloudRun.ListJobsAsync, fresh, cancellationToken);

    /// <summary>Executions of a job, newest first.</summary>
    public Task<Reading<Fleet<Execution>>> ExecutionsAsync(ResourceName job, bool fresh, CancellationToken cancellationToken) =>
        ListAsync(_kept.Executions, job, _cloudRun.ListExecutionsAsync, fresh, cancellationToken);

    /// <summary>All worker pools of all projects.</summary>
    public Task<Reading<Fleet<WorkerPool>>> WorkerPoolsAsync(bool fresh, CancellationToken cancellationToken) =>
        AllProjectsAsync(_kept.Pools, _cloudRun.ListWorkerPoolsAsync, fresh, cancellationToken);

    private Task<Reading<Fleet<T>>> ListAsync<T>(
        SharedReads<Fleet<T>> reads, ResourceName parent, Func<ResourceName, CancellationToken, Task<Fleet<T>>> list, bool fresh, CancellationToken cancellationToken) => _sees(parent.Project)
        ? reads.GetAsync(parent.Value, fresh, token => list(parent, token), cancellationToken)
        : Task.FromResult(new Reading<Fleet<T>>(
            new Fleet<T>([], [new RegionFailure(parent.Project, parent.Location, new CloudRunError.NotYours(parent.Project))]), _time.GetUtcNow()));

    // The time told is that of the oldest part.
    private async Task<Reading<Fleet<T>>> AllProjectsAsync<T>(
        SharedReads<Fleet<T>> reads, Func<string, CancellationToken, Task<Fleet<T>>> list, bool fresh, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(Projects.Select(
            project => reads.GetAsync(project, fresh, token => list(project, token), cancellationToken))).ConfigureAwait(false);
        return new Reading<Fleet<T>>(
            new Fleet<T>([.. parts.SelectMany(static p => p.Value.Items)], [.. parts.SelectMany(static p => p.Value.Failures)]),
            parts.Length == 0 ? _time.GetUtcNow() : parts.Min(static p => p.At))
        {
            Before = parts.Any(static p => p.Before is not null)
                ? new Reading<Fleet<T>>(
                    new Fleet<T>([.. parts.SelectMany(static p => p.Before?.Value.Items ?? [])], []), parts.Where(static p => p.Before is not null).Min(static p => p.Before!.At))
                : null,
        };
    }

    private sealed class Kept(TimeProvider time)
    {
        private static bool IsWhole<T>(Fleet<T> fleet) => !fleet.Failures.Any(static f => LastKnown.Passes(f.Error));

        public SharedReads<Fleet<Service>> Services { get; } = new(time, Keep, IsWhole);

        public SharedReads<CloudResult<Service>> Service { get; } = new(time, Keep, static answer => answer.IsOk || !LastKnown.Passes(answer.Error));

        public SharedReads<Fleet<Revision>> Revisions { get; } = new(time, Keep, IsWhole);

        public SharedReads<Fleet<Job>> Jobs { get; } = new(time, Keep, IsWhole);

        public SharedReads<Fleet<Execution>> Executions { get; } = new(time, Keep, IsWhole);

        public SharedReads<Fleet<WorkerPool>> Pools { get; } = new(time, Keep, IsWhole);
    }
}
